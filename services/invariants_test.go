package services_test

import (
	"slices"
	"testing"

	"flowbench/models"
)

// checkInvariants fails where the database contradicts itself: triggers with
// missing actions, gaps of positions or sequences, rows and events that do not
// agree, a wrong count.
func checkInvariants(t *testing.T, w world) {
	t.Helper()
	actions := map[string]models.Action{}
	page, err := w.Actions.List(w.ctx, models.ActionFilter{})
	if err != nil {
		t.Fatalf("list actions: %v", err)
	}
	for _, a := range page.Actions {
		actions[a.ID] = a
	}
	org, err := w.Orgs.Get(w.ctx, w.org.ID)
	if err != nil {
		t.Fatalf("load organization: %v", err)
	}
	if int(org.ActionCount) != len(actions) || int(page.Total) != len(actions) {
		t.Errorf("the organization counts %d actions, the list %d, there are %d", org.ActionCount, page.Total, len(actions))
	}
	last := lastSequences(t, w)
	if last[org.ID] != org.Sequence {
		t.Errorf("the organization's sequence is %d, its last event's %d", org.Sequence, last[org.ID])
	}
	for id, a := range actions {
		if last[id] != a.Sequence {
			t.Errorf("the sequence of action %s is %d, its last event's %d", id, a.Sequence, last[id])
		}
		checkVersions(t, w, a)
	}
	checkBindings(t, w, actions, last)
}

// lastSequences walks all events in order, requires each aggregate's sequence
// to grow by one, and returns where it ended.
func lastSequences(t *testing.T, w world) map[string]uint64 {
	t.Helper()
	last := map[string]uint64{}
	for _, e := range allEvents(t, w) {
		if e.Sequence != last[e.AggregateID]+1 {
			t.Errorf("event %d of %s has sequence %d after %d", e.ID, e.AggregateID, e.Sequence, last[e.AggregateID])
		}
		last[e.AggregateID] = e.Sequence
	}
	return last
}

// allEvents returns the events of the organization, the oldest first.
func allEvents(t *testing.T, w world) []models.Event {
	t.Helper()
	var all []models.Event
	for before := int64(0); ; before = all[len(all)-1].ID {
		page, err := w.Events.List(w.ctx, models.EventFilter{BeforeID: before, Limit: 1000})
		if err != nil {
			t.Fatalf("list events: %v", err)
		}
		all = append(all, page...)
		if len(page) < 1000 {
			slices.Reverse(all)
			return all
		}
	}
}

func checkVersions(t *testing.T, w world, a models.Action) {
	t.Helper()
	versions, err := w.Versions.List(w.ctx, a.ID)
	if err != nil {
		t.Fatalf("list versions: %v", err)
	}
	for i, v := range versions {
		if v.Number != a.Version-i {
			t.Errorf("version %d of action %s stands at place %d of %d", v.Number, a.ID, i, a.Version)
		}
	}
	newest := versions[0]
	if newest.Name != a.Name || newest.Script != a.Script || newest.State != a.State || newest.Sequence != a.Sequence {
		t.Errorf("the newest version %+v is not the action %+v", newest, a)
	}
}

func checkBindings(t *testing.T, w world, actions map[string]models.Action, last map[string]uint64) {
	t.Helper()
	flows, err := w.Flows.All(w.ctx)
	if err != nil {
		t.Fatalf("load flows: %v", err)
	}
	for _, f := range flows {
		for _, lane := range f.Lanes {
			ids, err := w.st.LaneIDs(w.ctx, w.org.ID, lane.Trigger.Flow, lane.Trigger.Trigger)
			if err != nil {
				t.Fatalf("load lane: %v", err)
			}
			if !slices.Equal(ids, lane.IDs()) {
				t.Errorf("%s holds %v but shows %v", lane.Trigger.Slug, ids, lane.IDs())
			}
			for _, id := range ids {
				if _, ok := actions[id]; !ok {
					t.Errorf("%s holds the missing action %s", lane.Trigger.Slug, id)
				}
			}
			if lane.Sequence > last[w.org.ID] {
				t.Errorf("%s has sequence %d beyond the last event", lane.Trigger.Slug, lane.Sequence)
			}
		}
	}
	checkPositions(t, w)
}

func checkPositions(t *testing.T, w world) {
	t.Helper()
	rows, err := w.st.Bindings(w.ctx, w.org.ID)
	if err != nil {
		t.Fatalf("load bindings: %v", err)
	}
	next := map[models.Trigger]int{}
	for _, b := range rows {
		lane := models.Trigger{Flow: b.Flow, Trigger: b.Trigger}
		if b.Position != next[lane] {
			t.Errorf("%v has position %d after %d places", lane, b.Position, next[lane])
		}
		next[lane]++
	}
}
