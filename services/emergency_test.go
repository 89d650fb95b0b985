package services_test

import (
	"testing"

	"flowbench/models"
)

func TestDeactivateAll_stops_every_active_action_with_its_event(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		one, two, off := w.create(t, "one"), w.create(t, "two"), w.create(t, "off")
		if _, err := w.Actions.Deactivate(w.ctx, off.ID); err != nil {
			t.Fatal(err)
		}
		other := w.otherOrg(t, "Other")
		theirs, err := w.Actions.Create(other, models.ActionInput{Name: "theirs", Script: "function theirs() {}"})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := w.Actions.DeactivateAll(w.ctx); err != nil || n != 2 {
			t.Fatalf("stopped %d, %v; want 2", n, err)
		}
		for _, a := range []models.Action{one, two, off} {
			got, err := w.Actions.Get(w.ctx, a.ID)
			if err != nil || got.State != models.ActionInactive || got.Sequence != 2 {
				t.Errorf("%s: %v, sequence %d, %v", a.Name, got.State, got.Sequence, err)
			}
			events, err := w.Events.List(w.ctx, models.EventFilter{AggregateID: a.ID, Types: []models.EventType{models.EventActionDeactivated}})
			if err != nil || len(events) != 1 {
				t.Errorf("%s: %d events of its deactivation, %v", a.Name, len(events), err)
			}
		}
		if got, err := w.Actions.Get(other, theirs.ID); err != nil || got.State != models.ActionActive {
			t.Errorf("an action of another organization: %v, %v", got.State, err)
		}
		if n, err := w.Actions.DeactivateAll(w.ctx); err != nil || n != 0 {
			t.Errorf("stopped %d again, %v", n, err)
		}
	})
}
