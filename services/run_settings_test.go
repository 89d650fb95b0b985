package services_test

import (
	"encoding/json"
	"testing"

	"flowbench/models"
	"flowbench/script"
	"flowbench/services"
)

func TestTestRuns_really_call_only_if_the_settings_allow_it(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	a := w.create(t, "asks")
	req := services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo, HTTP: script.HTTPOptions{Mode: script.HTTPReal}}
	_, err := w.Runs.RunAction(w.ctx, req)
	wantRule(t, err, models.KindPrecondition, models.RuleRealCallsOff)
	_, err = w.Runs.RunTrigger(w.ctx, services.RunTriggerRequest{Trigger: models.PreUserinfo, HTTP: req.HTTP, Test: true})
	wantRule(t, err, models.KindPrecondition, models.RuleRealCallsOff)
	if _, err := w.Runs.RunTrigger(w.ctx, services.RunTriggerRequest{Trigger: models.PreUserinfo}); err != nil {
		t.Errorf("a run that is no test: %v", err)
	}
	if _, err := w.Settings.Update(w.ctx, models.Settings{RealCallsInTest: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Runs.RunAction(w.ctx, req); err != nil {
		t.Errorf("allowed: %v", err)
	}
}

func TestRuns_keep_no_input_where_none_is_stored(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	a := w.create(t, "one")
	for store, want := range map[models.StoreInputs]bool{models.StoreInputsNone: false, models.StoreInputsMasked: true} {
		if _, err := w.Settings.Update(w.ctx, models.Settings{StoreInputs: store}); err != nil {
			t.Fatal(err)
		}
		result, err := w.Runs.RunAction(w.ctx, services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo, Context: json.RawMessage(`{"ctx":{"v1":{"claims":{"email":"ada@acme.example"}}}}`)})
		if err != nil {
			t.Fatal(err)
		}
		run, err := w.Runs.Get(w.ctx, result.ID)
		if err != nil || (run.Input != "") != want {
			t.Errorf("%s: input %q, %v", store, run.Input, err)
		}
	}
}
