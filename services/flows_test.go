package services_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"flowbench/models"
)

func lane(trigger models.TriggerType, ids ...string) models.LaneChange {
	return models.LaneChange{Flow: models.FlowComplementToken, Trigger: trigger, ActionIDs: ids}
}

func TestSetTriggerActionsChecksInOrder(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a, b := w.create(t, "a"), w.create(t, "b")
		if _, err := w.Flows.SetTriggerActions(w.ctx, lane(4, a.ID, b.ID)); err != nil {
			t.Fatal(err)
		}
		stale := uint64(1)
		tests := []struct {
			title  string
			change models.LaneChange
			kind   models.Kind
			rule   models.Rule
		}{
			{"flow before trigger", models.LaneChange{Flow: 5, Trigger: 9, ActionIDs: []string{"x"}}, models.KindInvalid, models.RuleFlowUnknown},
			{"flow zero", models.LaneChange{Trigger: 4}, models.KindInvalid, models.RuleFlowUnknown},
			{"trigger of another flow", lane(1, "x"), models.KindInvalid, models.RuleTriggerInvalid},
			{"the same list", lane(4, a.ID, b.ID), models.KindPrecondition, models.RuleFlowNoChanges},
			{"nothing on an empty trigger", lane(5), models.KindPrecondition, models.RuleFlowNoChanges},
			{"unknown id", lane(4, a.ID, "nope"), models.KindPrecondition, models.RuleActionIDsUnknown},
			{"repeated id", lane(4, a.ID, a.ID), models.KindPrecondition, models.RuleActionIDsUnknown},
			{"empty id", lane(4, ""), models.KindPrecondition, models.RuleActionIDsUnknown},
			{"id with a NUL", lane(4, "\x00"), models.KindPrecondition, models.RuleActionIDsUnknown},
			{"stale sequence", models.LaneChange{Flow: 2, Trigger: 4, Expect: &stale}, models.KindPrecondition, models.RuleSequenceConflict},
		}
		for _, test := range tests {
			t.Run(test.title, func(t *testing.T) {
				_, err := w.Flows.SetTriggerActions(w.ctx, test.change)
				wantRule(t, err, test.kind, test.rule)
			})
		}
		if _, err := w.Flows.SetTriggerActions(w.ctx, lane(4, b.ID, a.ID)); err != nil {
			t.Errorf("another order is a change: %v", err)
		}
		checkInvariants(t, w)
	})
}

func TestMoveBetweenTriggersIsOneWrite(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a, b := w.create(t, "a"), w.create(t, "b")
		if _, err := w.Flows.SetTriggerActions(w.ctx, lane(4, a.ID, b.ID)); err != nil {
			t.Fatal(err)
		}
		// The second change is wrong, so the first must not stay.
		_, err := w.Flows.SetLanes(w.ctx, []models.LaneChange{lane(4, b.ID), lane(5, a.ID, "nope")})
		wantRule(t, err, models.KindPrecondition, models.RuleActionIDsUnknown)
		if got := laneIDs(t, w, 2, 0); !cmp.Equal(got, []string{a.ID, b.ID}) {
			t.Errorf("the refused move left %v", got)
		}
		if _, err := w.Flows.SetLanes(w.ctx, []models.LaneChange{lane(4, b.ID), lane(5, a.ID)}); err != nil {
			t.Fatal(err)
		}
		if !cmp.Equal(laneIDs(t, w, 2, 0), []string{b.ID}) || !cmp.Equal(laneIDs(t, w, 2, 1), []string{a.ID}) {
			t.Errorf("after the move: %v and %v", laneIDs(t, w, 2, 0), laneIDs(t, w, 2, 1))
		}
		checkInvariants(t, w)
	})
}

func laneIDs(t *testing.T, w world, flow models.FlowType, place int) []string {
	t.Helper()
	f, err := w.Flows.Get(w.ctx, flow)
	if err != nil {
		t.Fatal(err)
	}
	return f.Lanes[place].IDs()
}

func TestClearFlow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		_, err := w.Flows.Clear(w.ctx, 9)
		wantRule(t, err, models.KindInvalid, models.RuleFlowUnknown)
		_, err = w.Flows.Clear(w.ctx, 2)
		wantRule(t, err, models.KindPrecondition, models.RuleFlowEmpty)
		a := w.create(t, "a")
		set, err := w.Flows.SetTriggerActions(w.ctx, lane(4, a.ID))
		if err != nil {
			t.Fatal(err)
		}
		cleared, err := w.Flows.Clear(w.ctx, 2)
		if err != nil || cleared.Sequence != set.Sequence+1 || cleared.OrgID != w.org.ID {
			t.Errorf("cleared %+v, %v", cleared, err)
		}
		flow, err := w.Flows.Get(w.ctx, 2)
		if err != nil || flow.Sequence != 0 || len(flow.Lanes[0].Actions) != 0 {
			t.Errorf("flow %+v, %v", flow, err)
		}
		_, err = w.Flows.Clear(w.ctx, 2)
		wantRule(t, err, models.KindPrecondition, models.RuleFlowEmpty)
	})
}

func TestUnknownFlowIsEmpty(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		flow, err := w.Flows.Get(w.ctx, models.FlowUnspecified)
		if err != nil || flow.Type != models.FlowUnspecified || len(flow.Lanes) != 0 {
			t.Errorf("got %+v, %v", flow, err)
		}
	})
}

func TestDeleteWritesOneEventPerBinding(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a, b := w.create(t, "a"), w.create(t, "b")
		for _, c := range []models.LaneChange{lane(4, a.ID, b.ID), lane(5, b.ID), {Flow: 1, Trigger: 1, ActionIDs: []string{a.ID}}} {
			if _, err := w.Flows.SetTriggerActions(w.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		before, err := w.Orgs.Get(w.ctx, w.org.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Actions.Delete(w.ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		after, err := w.Orgs.Get(w.ctx, w.org.ID)
		if err != nil || after.Sequence != before.Sequence+2 {
			t.Errorf("sequence %d after %d, %v, want two more", after.Sequence, before.Sequence, err)
		}
		if got := laneIDs(t, w, 2, 0); !cmp.Equal(got, []string{b.ID}) {
			t.Errorf("left in the trigger: %v", got)
		}
		checkInvariants(t, w)
	})
}

func TestUndelete(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a, b := w.create(t, "a"), w.create(t, "b")
		for _, c := range []models.LaneChange{lane(4, a.ID, b.ID), lane(5, a.ID)} {
			if _, err := w.Flows.SetTriggerActions(w.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Actions.Delete(w.ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Flows.SetTriggerActions(w.ctx, lane(5, b.ID)); err != nil { // written since: not restored
			t.Fatal(err)
		}
		back, err := w.Actions.Undelete(w.ctx, a.ID)
		if err != nil || back.ID != a.ID || back.Sequence != 3 || back.Version != 2 || back.Script != a.Script {
			t.Errorf("restored %+v, %v", back, err)
		}
		if !cmp.Equal(laneIDs(t, w, 2, 0), []string{a.ID, b.ID}) || !cmp.Equal(laneIDs(t, w, 2, 1), []string{b.ID}) {
			t.Errorf("triggers: %v and %v", laneIDs(t, w, 2, 0), laneIDs(t, w, 2, 1))
		}
		_, err = w.Actions.Undelete(w.ctx, a.ID)
		wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
		checkInvariants(t, w)
	})
}

func TestUndeleteWhoseNameIsTaken(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		if err := w.Actions.Delete(w.ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		w.create(t, "A")
		_, err := w.Actions.Undelete(w.ctx, a.ID)
		wantRule(t, err, models.KindAlreadyExists, models.RuleActionNameTaken)
		checkInvariants(t, w)
	})
}

func TestFlowsOfAnotherOrganization(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		other := w.otherOrg(t, "Other")
		_, err := w.Flows.SetTriggerActions(other, lane(4, a.ID))
		wantRule(t, err, models.KindPrecondition, models.RuleActionIDsUnknown)
		_, err = w.Actions.Get(other, a.ID)
		wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
		_, err = w.Actions.Deactivate(other, a.ID)
		wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
		wantRule(t, w.Actions.Delete(other, a.ID), models.KindNotFound, models.RuleActionNotFound)
		_, err = w.Versions.Restore(other, a.ID, 1)
		wantRule(t, err, models.KindNotFound, models.RuleVersionNotFound)
	})
}
