package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// call sends a request of the tenant's program to the API.
func (s *server) call(t *testing.T, who tenant, method, path, body string) (int, string) {
	t.Helper()
	status, answer, err := s.send(context.Background(), who, method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	return status, answer
}

func (s *server) send(ctx context.Context, who tenant, method, path, body string) (int, string, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.Address+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Authorization", "Bearer "+who.token)
	request.Header.Set("x-zitadel-orgid", who.org)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	return response.StatusCode, string(data), err
}

const (
	crashes = 20
	writers = 3 // that create actions, beside one that sets a trigger
	laneURL = "/management/v1/flows/2/trigger/4"
)

// ledger is what clients were told: these actions exist, and the trigger holds
// the last list that was acknowledged or one that was under way after it.
type ledger struct {
	mu      sync.Mutex
	actions map[string]string // id to name
	lane    []string
	tried   [][]string
	acks    int
}

// TestNothingAcknowledgedIsLostByKill kills the server twenty times while
// clients write, and looks after each start for everything they were told.
func TestNothingAcknowledgedIsLostByKill(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	who := w.tenant("ORG_OWNER")
	book := &ledger{actions: map[string]string{}}
	for round := range crashes {
		s := w.serve()
		book.verify(t, s, who)
		if t.Failed() {
			t.Fatalf("after crash %d", round)
		}
		book.writeUntilKilled(t, s, who, round)
	}
	s := w.serve()
	book.verify(t, s, who)
	if len(book.actions) < crashes {
		t.Errorf("only %d actions were written in %d rounds", len(book.actions), crashes)
	}
}

// writeUntilKilled lets clients write until some number of writes of this round
// was acknowledged, kills the server and waits for the clients.
func (b *ledger) writeUntilKilled(t *testing.T, s *server, who tenant, round int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	goal := 3 + rand.IntN(40)
	b.acks, b.tried = 0, nil
	var clients sync.WaitGroup
	for i := range writers {
		clients.Go(func() { b.createActions(ctx, t, s, who, fmt.Sprintf("r%dw%d", round, i), goal) })
	}
	clients.Go(func() { b.setTriggers(ctx, t, s, who) })
	clients.Wait()
	<-s.done
}

// acknowledged counts a write and kills the server at the goal.
func (b *ledger) acknowledged(s *server, goal int) {
	if b.acks++; b.acks == goal {
		_ = s.process.Process.Kill()
	}
}

func (b *ledger) createActions(ctx context.Context, t *testing.T, s *server, who tenant, prefix string, goal int) {
	for n := 0; ; n++ {
		name := fmt.Sprintf("%sn%d", prefix, n)
		body := fmt.Sprintf(`{"name":%q,"script":"function %s(ctx, api) {}","timeout":"5s"}`, name, name)
		status, answer, err := s.send(ctx, who, http.MethodPost, "/management/v1/actions", body)
		if err != nil {
			failIfDeadline(t, err)
			return
		}
		var created struct{ ID string }
		if err := json.Unmarshal([]byte(answer), &created); err != nil || status != http.StatusOK {
			t.Errorf("create: %d %s", status, answer)
			_ = s.process.Process.Kill()
			return
		}
		b.mu.Lock()
		b.actions[created.ID] = name
		b.acknowledged(s, goal)
		b.mu.Unlock()
	}
}

// setTriggers replaces the trigger's list with other random lists.
func (b *ledger) setTriggers(ctx context.Context, t *testing.T, s *server, who tenant) {
	for ctx.Err() == nil {
		list := b.pick()
		body, err := json.Marshal(map[string][]string{"actionIds": list})
		if err != nil {
			t.Error(err)
			return
		}
		status, answer, err := s.send(ctx, who, http.MethodPost, laneURL, string(body))
		if err != nil {
			failIfDeadline(t, err)
			return
		}
		if status == http.StatusOK {
			b.mu.Lock()
			b.lane, b.tried = list, nil
			b.mu.Unlock()
		} else if !strings.Contains(answer, "No Changes") && !strings.Contains(answer, "no changes") {
			t.Errorf("set trigger: %d %s", status, answer)
			return
		}
	}
}

// pick notes and returns a list that is about to be written.
func (b *ledger) pick() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []string
	for id := range b.actions { // in random order
		if list = append(list, id); len(list) == 5 {
			break
		}
	}
	b.tried = append(b.tried, list)
	return list
}

func failIfDeadline(t *testing.T, err error) {
	if errors.Is(err, context.DeadlineExceeded) {
		t.Error("the round took too long")
	}
}

// verify compares the server's state with what clients were told.
func (b *ledger) verify(t *testing.T, s *server, who tenant) {
	t.Helper()
	if status, body := s.get("/readyz"); status != http.StatusOK {
		t.Fatalf("not ready: %d %s", status, body)
	}
	stored := map[string]string{}
	for offset := 0; ; offset = len(stored) {
		_, body := s.call(t, who, http.MethodPost, "/management/v1/actions/_search", fmt.Sprintf(`{"query":{"offset":"%d","limit":1000}}`, offset))
		var page struct{ Result []struct{ ID, Name string } }
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Result {
			stored[a.ID] = a.Name
		}
		if len(page.Result) < 1000 {
			break
		}
	}
	for id, name := range b.actions {
		if stored[id] != name {
			t.Errorf("action %s (%s) was acknowledged and is lost", id, name)
		}
	}
	lane := s.lane(t, who)
	if !slices.Equal(lane, b.lane) && !slices.ContainsFunc(b.tried, func(l []string) bool { return slices.Equal(l, lane) }) {
		t.Errorf("the trigger holds %v; acknowledged was %v, under way were %v", lane, b.lane, b.tried)
	}
	b.lane, b.tried = lane, nil
}

// lane returns the ids that the trigger holds.
func (s *server) lane(t *testing.T, who tenant) []string {
	t.Helper()
	_, body := s.call(t, who, http.MethodGet, "/management/v1/flows/2", "")
	var flow struct {
		Flow struct {
			TriggerActions []struct {
				TriggerType struct{ ID string }
				Actions     []struct{ ID string }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &flow); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, trigger := range flow.Flow.TriggerActions {
		if trigger.TriggerType.ID != "4" {
			t.Errorf("trigger %s was never set", trigger.TriggerType.ID)
		}
		for _, a := range trigger.Actions {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
