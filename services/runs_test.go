package services_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

func TestTestRunIsKeptWithoutSecrets(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	a, err := w.Actions.Create(w.ctx, models.ActionInput{Name: "copy", Script: `function copy(ctx, api) {
  api.v1.claims.setClaim('mail', ctx.v1.claims.email);
  api.v1.claims.setClaim('secret', ctx.v1.claims.api_key);
}`})
	if err != nil {
		t.Fatal(err)
	}
	before := allEvents(t, w)
	result, err := w.Runs.RunAction(w.ctx, services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo,
		Context: json.RawMessage(`{"ctx":{"v1":{"claims":{"email":"ada@acme.example","api_key":"s3cr3t-value"}}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	if !result.Outcome.OK() || result.ID == "" || result.Source != models.RunSourceTest || result.Action.Version != 1 {
		t.Errorf("result %+v", result)
	}
	run, err := w.Runs.Get(w.ctx, result.ID)
	if err != nil {
		t.Fatal(err)
	}
	if run.ActionID != a.ID || run.Script != a.Script || run.Outcome != models.OutcomeOK || run.Trigger != models.PreUserinfo {
		t.Errorf("run %+v", run)
	}
	if stored := run.Input + run.Result; strings.Contains(stored, "s3cr3t") || !strings.Contains(stored, "ada@acme.example") {
		t.Errorf("stored: %s", stored)
	}
	if after := allEvents(t, w); len(after) != len(before) {
		t.Errorf("the run wrote %d events", len(after)-len(before))
	}
}

func TestTestRunOfUnsavedText(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	a := w.create(t, "stored")
	other := w.otherOrg(t, "Other")
	tests := []struct {
		title string
		req   services.RunActionRequest
		kind  models.Kind
		rule  models.Rule
	}{
		{"text alone", services.RunActionRequest{Name: "f", Script: "function f(){}", Trigger: models.PreUserinfo}, 0, ""},
		{"text of a stored action", services.RunActionRequest{ActionID: a.ID, Script: "function stored(){}", Trigger: models.PreUserinfo}, 0, ""},
		{"nothing", services.RunActionRequest{Trigger: models.PreUserinfo}, models.KindInvalid, models.RuleNameLength},
		{"no script", services.RunActionRequest{Name: "f", Trigger: models.PreUserinfo}, models.KindInvalid, models.RuleScriptEmpty},
		{"unknown action", services.RunActionRequest{ActionID: "nope", Trigger: models.PreUserinfo}, models.KindNotFound, models.RuleActionNotFound},
		{"unknown trigger", services.RunActionRequest{Name: "f", Script: "x", Trigger: "nope"}, models.KindInvalid, models.RuleTriggerUnknown},
		{"context is no object", services.RunActionRequest{Name: "f", Script: "x", Trigger: models.PreUserinfo, Context: json.RawMessage(`[]`)}, models.KindInvalid, models.RuleContextInvalid},
		{"timeout over the limit", services.RunActionRequest{Name: "f", Script: "x", Trigger: models.PreUserinfo, Timeout: 21 * time.Second}, models.KindInvalid, models.RuleTimeoutRange},
	}
	for _, test := range tests {
		result, err := w.Runs.RunAction(w.ctx, test.req)
		if test.rule != "" {
			if models.KindOf(err) != test.kind || models.RuleOf(err) != test.rule {
				t.Errorf("%s: %v", test.title, err)
			}
			continue
		}
		if err != nil || !result.Outcome.OK() || result.Action.Version != 0 {
			t.Errorf("%s: %+v, %v", test.title, result, err)
		}
	}
	_, err := w.Runs.RunAction(other, services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo})
	wantRule(t, err, models.KindNotFound, models.RuleActionNotFound)
}

// keepRuns stores runs one second apart and returns their ids, the oldest
// first.
func keepRuns(t *testing.T, w world, n int, start time.Time, edit func(i int, r *models.Run)) []string {
	t.Helper()
	var ids []string
	for i := range n {
		id, err := w.st.NewID()
		if err != nil {
			t.Fatal(err)
		}
		r := models.Run{ID: id, OrgID: w.org.ID, Source: models.RunSourceTest, Outcome: models.OutcomeOK, StartedAt: start.Add(time.Duration(i) * time.Second), Result: "{}"}
		if edit != nil {
			edit(i, &r)
		}
		if err := w.st.CreateRun(context.Background(), r); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

func TestRunsArePagedNewestFirst(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		start := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
		ids := keepRuns(t, w, 7, start, func(i int, r *models.Run) {
			if i%2 == 1 {
				r.ActionID, r.Outcome, r.Trigger = "odd", models.OutcomeTimeout, models.PreUserinfo
				r.Result = `{"log":[{"message":"Größe \"42\""}]}`
			}
		})
		count := func(f models.RunFilter) int {
			t.Helper()
			list, err := w.Runs.List(w.ctx, f)
			if err != nil {
				t.Fatalf("%+v: %v", f, err)
			}
			return len(list)
		}
		page, err := w.Runs.List(w.ctx, models.RunFilter{Limit: 3})
		if err != nil || len(page) != 3 || page[0].ID != ids[6] {
			t.Fatalf("first page %+v, %v", page, err)
		}
		page, err = w.Runs.List(w.ctx, models.RunFilter{Limit: 3, BeforeID: page[2].ID})
		if err != nil || len(page) != 3 || page[0].ID != ids[3] {
			t.Errorf("second page %+v, %v", page, err)
		}
		for _, test := range []struct {
			f    models.RunFilter
			want int
		}{
			{models.RunFilter{}, 7},
			{models.RunFilter{ActionID: "odd"}, 3},
			{models.RunFilter{Trigger: models.PreUserinfo, Source: models.RunSourceTest}, 3},
			{models.RunFilter{Outcomes: []models.OutcomeKind{models.OutcomeOK, models.OutcomeMemory}}, 4},
			{models.RunFilter{Source: models.RunSourceAPI}, 0},
			{models.RunFilter{From: start.Add(2 * time.Second)}, 5},
			{models.RunFilter{From: start.Add(2 * time.Second), To: start.Add(4 * time.Second)}, 2},
			{models.RunFilter{LogText: `größe "4`}, 3},
			{models.RunFilter{LogText: "%"}, 0},
		} {
			if got := count(test.f); got != test.want {
				t.Errorf("%+v: %d runs, want %d", test.f, got, test.want)
			}
		}
		if _, err := w.Runs.Get(w.otherOrg(t, "Other"), ids[0]); models.RuleOf(err) != models.RuleRunNotFound {
			t.Errorf("run of another organization: %v", err)
		}
	})
}

func TestPruneKeepsTheNewest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		start := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
		c := &clock{start.Add(10 * time.Second)}
		w := newWorld(t, st, services.Options{Now: c.time})
		ids := keepRuns(t, w, 10, start, nil)
		if n, err := w.Runs.Prune(context.Background(), 8*time.Second, 0); err != nil || n != 2 {
			t.Errorf("by age: %d removed, %v, want 2", n, err)
		}
		if n, err := w.Runs.Prune(context.Background(), 0, 5); err != nil || n != 3 {
			t.Errorf("by count: %d removed, %v, want 3", n, err)
		}
		left, err := w.Runs.List(w.ctx, models.RunFilter{})
		if err != nil || len(left) != 5 || left[4].ID != ids[5] {
			t.Errorf("left: %d, %v", len(left), err)
		}
		if n, err := w.Runs.Prune(context.Background(), 0, 0); err != nil || n != 0 {
			t.Errorf("without bounds: %d removed, %v", n, err)
		}
	})
}
