package handlers_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/views/link"
)

// stream opens the news of the board and returns its messages.
func (a boardApp) stream(t *testing.T) <-chan laneAnswer {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL+link.Org(a.OrgID).FlowNews(), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.AddCookie(a.SessionCookie())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("content type %q", got)
	}
	messages := make(chan laneAnswer)
	go func() {
		defer close(messages)
		defer func() { _ = response.Body.Close() }()
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			data, found := strings.CutPrefix(lines.Text(), "data: ")
			var message laneAnswer
			if found && json.Unmarshal([]byte(data), &message) == nil {
				messages <- message
			}
		}
	}()
	return messages
}

func TestNewsTellOfChangesByOthers(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	messages := app.stream(t)
	if first := <-messages; len(first.Lanes) != 9 {
		t.Fatalf("the first message has %d lanes", len(first.Lanes))
	}
	app.Bind(t, models.PreUserinfo, app.ids["first"])
	for message := range messages {
		for _, lane := range message.Lanes {
			if lane.Lane == models.PreUserinfo && len(lane.Actions) == 1 && lane.Actions[0] == app.ids["first"] && lane.Sequence > 0 {
				return
			}
		}
	}
	t.Error("the stream ended without the change")
}

func TestNewsEndWithTheSession(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	messages := app.stream(t)
	<-messages
	if err := app.Services.Sessions.SignOut(app.Context(), app.SessionCookie().Value); err != nil {
		t.Fatal(err)
	}
	for range messages {
	}
}
