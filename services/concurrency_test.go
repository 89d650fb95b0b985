package services_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"flowbench/models"
)

func TestOneNameHasOneWinner(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		const racers = 50
		var won, lost atomic.Int32
		together(racers, func(i int) {
			name := "sameName"
			if i%2 == 1 {
				name = "SAMEname"
			}
			_, err := w.Actions.Create(w.ctx, models.ActionInput{Name: name, Script: "x"})
			switch {
			case err == nil:
				won.Add(1)
			case models.RuleOf(err) == models.RuleActionNameTaken:
				lost.Add(1)
			default:
				t.Errorf("create: %v", err)
			}
		})
		if won.Load() != 1 || lost.Load() != racers-1 {
			t.Errorf("%d won and %d lost, want 1 and %d", won.Load(), lost.Load(), racers-1)
		}
		checkInvariants(t, w)
	})
}

func TestUpdateAgainstDelete(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		for range 10 {
			a := w.create(t, "victim")
			change := models.LaneChange{Flow: 1, Trigger: 1, ActionIDs: []string{a.ID}}
			together(3, func(i int) {
				var err error
				switch i {
				case 0:
					err = w.Actions.Delete(w.ctx, a.ID)
				case 1:
					_, err = w.Actions.Update(w.ctx, a.ID, models.ActionInput{Name: "victim", Script: "y"}, nil)
				case 2:
					_, err = w.Flows.SetTriggerActions(w.ctx, change)
				}
				if err != nil && models.RuleOf(err) != models.RuleActionNotFound && models.RuleOf(err) != models.RuleActionIDsUnknown {
					t.Errorf("writer %d: %v", i, err)
				}
			})
			checkInvariants(t, w)
		}
	})
}

// TestRacingWriters lets 32 clients mix all writes for a bounded number of
// rounds. Every answer must be one that the contract knows.
func TestRacingWriters(t *testing.T) {
	const clients, rounds, pool = 32, 25, 12
	allowed := []models.Rule{models.RuleActionNameTaken, models.RuleActionNotFound, models.RuleActionNoChanges, models.RuleActionNotActive,
		models.RuleActionNotInactive, models.RuleFlowNoChanges, models.RuleFlowEmpty, models.RuleActionIDsUnknown}
	eachWorld(t, func(t *testing.T, w world) {
		var ids sync.Map
		for i := range pool {
			ids.Store(i, w.create(t, fmt.Sprintf("start%d", i)).ID)
		}
		pick := func(r *rand.Rand) string {
			id, _ := ids.Load(r.IntN(pool))
			return id.(string)
		}
		together(clients, func(client int) {
			r := rand.New(rand.NewPCG(1, uint64(client)))
			for range rounds {
				if err := randomWrite(w, r, &ids, pick); err != nil && !slices.Contains(allowed, models.RuleOf(err)) {
					t.Errorf("client %d: %v", client, err)
				}
			}
		})
		checkInvariants(t, w)
	})
}

func randomWrite(w world, r *rand.Rand, ids *sync.Map, pick func(*rand.Rand) string) error {
	name := fmt.Sprintf("name%d", r.IntN(30))
	trigger := models.Triggers()[r.IntN(9)]
	switch r.IntN(9) {
	case 0, 1:
		a, err := w.Actions.Create(w.ctx, models.ActionInput{Name: name, Script: "x"})
		if err == nil {
			ids.Store(r.IntN(12), a.ID)
		}
		return err
	case 2:
		_, err := w.Actions.Update(w.ctx, pick(r), models.ActionInput{Name: name, Script: fmt.Sprint(r.IntN(3))}, nil)
		return err
	case 3:
		_, err := w.Actions.Deactivate(w.ctx, pick(r))
		return err
	case 4:
		_, err := w.Actions.Reactivate(w.ctx, pick(r))
		return err
	case 5:
		return w.Actions.Delete(w.ctx, pick(r))
	case 6:
		_, err := w.Flows.Clear(w.ctx, trigger.Flow)
		return err
	}
	list := []string{pick(r), pick(r), pick(r)}
	_, err := w.Flows.SetTriggerActions(w.ctx, models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: list[:r.IntN(4)]})
	return err
}

// together runs n calls at once and waits for them.
func together(n int, fn func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			fn(i)
		})
	}
	close(start)
	all.Wait()
}

func TestCancelledWriteIsNoInternalFault(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		ctx, cancel := context.WithCancel(w.ctx)
		cancel()
		_, err := w.Actions.Create(ctx, models.ActionInput{Name: "late", Script: "x"})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		checkInvariants(t, w)
	})
}
