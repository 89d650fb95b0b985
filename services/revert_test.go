package services_test

import (
	"slices"
	"testing"
	"time"

	"flowbench/models"
)

func idsIn(t *testing.T, w world, slug models.Slug) []string {
	t.Helper()
	trigger, _ := models.TriggerBySlug(slug)
	flow, err := w.Flows.Get(w.ctx, trigger.Flow)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range flow.Lanes {
		if l.Trigger == trigger {
			return l.IDs()
		}
	}
	return nil
}

func TestUndelete_brings_back_state_and_place(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		in := func(name string) models.ActionInput {
			return models.ActionInput{Name: name, Script: "function " + name + "() {}"}
		}
		a := w.bind(t, models.PreUserinfo, in("a"), in("b"), in("c"))
		b := a[1]
		trigger, _ := models.TriggerBySlug(models.PreAccessToken)
		if _, err := w.Flows.SetTriggerActions(w.ctx, models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: []string{b.ID}}); err != nil {
			t.Fatal(err)
		}
		want := idsIn(t, w, models.PreUserinfo)
		if err := w.Actions.Delete(w.ctx, b.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Flows.SetTriggerActions(w.ctx, models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: []string{a[0].ID}}); err != nil {
			t.Fatal(err)
		}
		back, err := w.Actions.Undelete(w.ctx, b.ID)
		if err != nil || back.ID != b.ID || back.Sequence != 3 || back.Name != "b" || back.State != models.ActionActive {
			t.Fatalf("got %+v, %v", back, err)
		}
		if got := idsIn(t, w, models.PreUserinfo); !slices.Equal(got, want) {
			t.Errorf("unchanged lane = %v, want %v", got, want)
		}
		if got := idsIn(t, w, models.PreAccessToken); !slices.Equal(got, []string{a[0].ID}) {
			t.Errorf("changed lane = %v, want it left alone", got)
		}
		_, err = w.Actions.Undelete(w.ctx, b.ID)
		wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
		_, err = w.Actions.Undelete(w.otherOrg(t, "Other"), b.ID)
		wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
	})
}

func TestUndelete_name_taken_meanwhile(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		if err := w.Actions.Delete(w.ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		w.create(t, "a")
		_, err := w.Actions.Undelete(w.ctx, a.ID)
		wantRule(t, err, models.KindAlreadyExists, models.RuleActionNameTaken)
	})
}

// newestEvent finds the newest event of a type.
func newestEvent(t *testing.T, w world, typ models.EventType) models.Event {
	t.Helper()
	list, err := w.Events.List(w.ctx, models.EventFilter{Types: []models.EventType{typ}, Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatalf("no %s: %v", typ, err)
	}
	return list[0]
}

func TestRevert_takes_writes_back(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.bind(t, models.PreUserinfo, models.ActionInput{Name: "a", Script: "1"}, models.ActionInput{Name: "b", Script: "1"})
		want := idsIn(t, w, models.PreUserinfo)
		if _, err := w.Flows.Clear(w.ctx, models.FlowComplementToken); err != nil {
			t.Fatal(err)
		}
		cleared := newestEvent(t, w, models.EventFlowCleared)
		if r, err := w.Events.Preview(w.ctx, cleared.ID); err != nil || len(r.Changes) != 1 || string(r.Changes[0].Then) != `["a","b"]` {
			t.Fatalf("preview %+v, %v", r, err)
		}
		if got := idsIn(t, w, models.PreUserinfo); len(got) != 0 {
			t.Errorf("preview changed the lane to %v", got)
		}
		if _, err := w.Events.Revert(w.ctx, cleared.ID); err != nil {
			t.Fatal(err)
		}
		if got := idsIn(t, w, models.PreUserinfo); !slices.Equal(got, want) {
			t.Errorf("lane = %v, want %v", got, want)
		}
		_, err := w.Events.Revert(w.ctx, cleared.ID)
		wantRule(t, err, models.KindPrecondition, models.RuleFlowNoChanges)

		if _, err := w.Actions.Update(w.ctx, a[0].ID, models.ActionInput{Name: "a", Script: "2"}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Events.Revert(w.ctx, newestEvent(t, w, models.EventActionChanged).ID); err != nil {
			t.Fatal(err)
		}
		if got, _ := w.Actions.Get(w.ctx, a[0].ID); got.Script != "1" || got.Sequence != 3 {
			t.Errorf("action = %+v", got)
		}
		if _, err := w.Actions.Deactivate(w.ctx, a[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Events.Revert(w.ctx, newestEvent(t, w, models.EventActionDeactivated).ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Actions.Delete(w.ctx, a[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Events.Revert(w.ctx, newestEvent(t, w, models.EventActionDeleted).ID); err != nil {
			t.Fatal(err)
		}
		if got := idsIn(t, w, models.PreUserinfo); !slices.Equal(got, want) {
			t.Errorf("lane = %v, want %v", got, want)
		}
		_, err = w.Events.Preview(w.ctx, newestEvent(t, w, models.EventActionCreated).ID)
		wantRule(t, err, models.KindPrecondition, models.RuleEventIrreversible)
	})
}

func TestRunStatistics(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		now := time.Now()
		for i, r := range []models.Run{{Outcome: models.OutcomeOK}, {Outcome: models.OutcomeException, Tolerated: true}, {Outcome: models.OutcomeTimeout},
			{Outcome: models.OutcomeOK, StartedAt: now.AddDate(0, 0, -40)}} {
			r.ID, r.OrgID, r.ActionID, r.Trigger, r.Source = string(rune('1'+i)), w.org.ID, a.ID, models.PreUserinfo, models.RunSourceTest
			if r.StartedAt.IsZero() {
				r.StartedAt = now
			}
			if err := w.st.CreateRun(w.ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		days, err := w.Runs.PerDay(w.ctx, 30)
		if err != nil || len(days) != 30 {
			t.Fatalf("%d days, %v", len(days), err)
		}
		if last := days[29]; last.Succeeded != 1 || last.Tolerated != 1 || last.Failed != 1 {
			t.Errorf("today = %+v", last)
		}
		tallies, err := w.Runs.Tallies(w.ctx, 24*time.Hour)
		if err != nil || len(tallies) != 1 || tallies[0].Runs != 3 || tallies[0].Failed != 2 {
			t.Errorf("tallies = %+v, %v", tallies, err)
		}
		newest, err := w.Runs.Newest(w.ctx)
		if err != nil || newest[a.ID].RunID != "4" {
			t.Errorf("newest = %+v, %v", newest, err)
		}
	})
}

func TestPrune_keeps_runs_as_long_as_their_organization_wants(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		for id, age := range map[string]time.Duration{"1": 2 * time.Hour, "2": 30 * time.Minute} {
			run := models.Run{ID: id, OrgID: w.org.ID, Source: models.RunSourceTest, Outcome: models.OutcomeOK, StartedAt: time.Now().Add(-age)}
			if err := w.st.CreateRun(w.ctx, run); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := w.Runs.Prune(w.ctx, 24*time.Hour, 10); err != nil || n != 0 {
			t.Fatalf("removed %d, %v", n, err)
		}
		if _, err := w.Settings.Update(w.ctx, models.Settings{RunsKeepFor: time.Hour}); err != nil {
			t.Fatal(err)
		}
		if n, err := w.Runs.Prune(w.ctx, 24*time.Hour, 10); err != nil || n != 1 {
			t.Errorf("removed %d, %v, want the older one", n, err)
		}
	})
}
