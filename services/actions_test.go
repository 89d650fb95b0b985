package services_test

import (
	"testing"

	"flowbench/models"
)

func TestActionLifeCycle(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "addTier")
		if len(a.ID) != 18 || a.Sequence != 1 || a.State != models.ActionActive {
			t.Errorf("created %+v", a)
		}
		got, err := w.Actions.Get(w.ctx, a.ID)
		if err != nil || got != a {
			t.Errorf("got %+v, %v, want %+v", got, err, a)
		}
		_, err = w.Actions.Create(w.ctx, models.ActionInput{Name: "ADDTIER", Script: "x"})
		wantRule(t, err, models.KindAlreadyExists, models.RuleActionNameTaken)
		_, err = w.Actions.Update(w.ctx, a.ID, a.Input(), nil)
		wantRule(t, err, models.KindPrecondition, models.RuleActionNoChanges)
		b := w.create(t, "other")
		in := a.Input()
		in.Name = "Other"
		_, err = w.Actions.Update(w.ctx, a.ID, in, nil)
		wantRule(t, err, models.KindAlreadyExists, models.RuleActionNameTaken)
		in.Name = "AddTier"
		a, err = w.Actions.Update(w.ctx, a.ID, in, nil)
		if err != nil || a.Sequence != 2 {
			t.Errorf("update: %+v, %v", a, err)
		}
		a, err = w.Actions.Deactivate(w.ctx, a.ID)
		if err != nil || a.Sequence != 3 || a.State != models.ActionInactive {
			t.Errorf("deactivate: %+v, %v", a, err)
		}
		change := models.LaneChange{Flow: 2, Trigger: 4, ActionIDs: []string{a.ID, b.ID}}
		if _, err := w.Flows.SetTriggerActions(w.ctx, change); err != nil {
			t.Fatalf("set trigger: %v", err)
		}
		if err := w.Actions.Delete(w.ctx, a.ID); err != nil {
			t.Fatalf("delete: %v", err)
		}
		flow, err := w.Flows.Get(w.ctx, 2)
		if err != nil || len(flow.Lanes) != 2 || len(flow.Lanes[0].Actions) != 1 || flow.Lanes[0].Actions[0] != b || flow.Sequence != 3 {
			t.Errorf("flow: %+v, %v", flow, err)
		}
		page, err := w.Actions.List(w.ctx, models.ActionFilter{})
		if err != nil || page.Total != 1 {
			t.Errorf("list: %+v, %v", page, err)
		}
	})
}
