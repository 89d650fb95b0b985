package handlers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/models"
)

// newsPing is how often a quiet stream shows that it is alive.
const newsPing = 20 * time.Second

// actionState is what a board must know of an action that it shows.
type actionState struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Inactive bool   `json:"inactive"`
}

// News is the stream of server-sent events that keeps an open board up to
// date. Each message is the state of all lanes and, as at, the sequence of the
// organization that it is at least as new as; the first one closes the gap
// between the page and the stream.
func (h Flows) News(c *gin.Context) error {
	happened, leave := h.news.watch()
	defer leave()
	c.Header("Content-Type", "text/event-stream")
	c.Status(http.StatusOK)
	ping := time.NewTicker(newsPing)
	defer ping.Stop()
	var sent []byte
	for {
		state, err := h.boardState(c)
		if err != nil {
			return err
		}
		if !bytes.Equal(state, sent) {
			sent = state
			_, err = fmt.Fprintf(c.Writer, "data: %s\n\n", state)
		}
		if err != nil || !h.waitForNews(c, happened, ping.C) {
			return nil
		}
	}
}

// waitForNews flushes what was written and blocks until there is a reason to
// look again. It reports false when the stream is to end.
func (h Flows) waitForNews(c *gin.Context, happened <-chan struct{}, ping <-chan time.Time) bool {
	for {
		c.Writer.Flush()
		select {
		case <-c.Request.Context().Done():
			return false
		case _, open := <-happened:
			return open && h.stillSignedIn(c)
		case <-ping:
			if _, err := c.Writer.WriteString(": ping\n\n"); err != nil {
				return false
			}
		}
	}
}

// stillSignedIn resolves session and rights again, since a stream lives long.
func (h Flows) stillSignedIn(c *gin.Context) bool {
	ctx := c.Request.Context()
	if _, _, err := h.Services.Sessions.Session(ctx, c.GetString(secretKey)); err != nil {
		return false
	}
	p, err := h.Services.Principals.In(ctx, User(c).ID, Org(c).ID, models.SourceConsole)
	if err != nil {
		return false
	}
	h.act(c, p)
	return true
}

func (h Flows) boardState(c *gin.Context) ([]byte, error) {
	ctx := c.Request.Context()
	org, err := h.Services.Orgs.Get(ctx, Org(c).ID) // first, so that the lanes are at least as new
	if err != nil {
		return nil, err
	}
	all, err := h.Services.Flows.All(ctx)
	if err != nil {
		return nil, err
	}
	return json.Marshal(gin.H{"at": org.Sequence, "lanes": laneStates(all, nil), "actions": actionStates(all)})
}

// actionStates describes the actions that are bound somewhere, each once.
func actionStates(all []models.Flow) []actionState {
	actions := []actionState{}
	known := map[string]bool{}
	for _, flow := range all {
		for _, lane := range flow.Lanes {
			for _, a := range lane.Actions {
				if !known[a.ID] {
					known[a.ID] = true
					actions = append(actions, actionState{a.ID, a.Name, a.State != models.ActionActive})
				}
			}
		}
	}
	return actions
}
