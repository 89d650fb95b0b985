package services_test

import (
	"encoding/json"
	"testing"

	"flowbench/models"
	"flowbench/services"
)

func TestCases_pass_and_fail_as_the_script_does(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	action := w.bind(t, models.PreUserinfo, models.ActionInput{Name: "tier", Script: "function tier(ctx, api) { api.v1.claims.setClaim('tier', 'gold'); api.v1.claims.setClaim('at', Date.now()) }"})[0]
	c, err := w.Cases.Set(w.ctx, models.CaseInput{ActionID: action.ID, Name: "gold", Trigger: models.PreUserinfo, Expect: models.Expectation{Effects: []models.ExpectedEffect{
		{Path: "claims.tier", Value: json.RawMessage(`"gold"`)}, {Path: "claims.a*", Match: models.MatchIgnore}}}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Cases.Run(w.ctx, services.RunCasesRequest{ActionID: action.ID})
	if err != nil || len(got) != 1 || !got[0].Passed || got[0].Runs[0].Source != models.RunSourceCase {
		t.Fatalf("got %+v, %v", got, err)
	}
	text := "function tier(ctx, api) { api.v1.claims.setClaim('tier', 'silver'); api.v1.claims.setClaim('x', 1) }"
	got, err = w.Cases.Run(w.ctx, services.RunCasesRequest{IDs: []string{c.ID}, Script: &text, Name: "tier"})
	if err != nil || got[0].Passed || len(got[0].Differences) != 2 || got[0].Differences[0].Path != "claims.tier" || got[0].Differences[1].Path != "claims.x" {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := w.Cases.Delete(w.ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	_, err = w.Cases.Get(w.ctx, c.ID)
	wantRule(t, err, models.KindNotFound, models.RuleCaseNotFound)
}

func TestCases_journey(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	w.bind(t, models.InternalPreCreation, models.ActionInput{Name: "deny", Script: "function deny(ctx, api) { throw 'not here' }"})
	if _, err := w.Cases.Set(w.ctx, models.CaseInput{Journey: "registration", Name: "denied", Expect: models.Expectation{Fails: true, Message: "not here"}}); err != nil {
		t.Fatal(err)
	}
	got, err := w.Cases.Run(w.ctx, services.RunCasesRequest{})
	if err != nil || len(got) != 1 || !got[0].Passed {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCases_refuse_bad_input(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		for _, c := range []struct {
			in   models.CaseInput
			rule models.Rule
		}{
			{models.CaseInput{ActionID: a.ID, Trigger: models.PreUserinfo}, models.RuleCaseInvalid},
			{models.CaseInput{Name: "x"}, models.RuleCaseInvalid},
			{models.CaseInput{Name: "x", ActionID: a.ID}, models.RuleTriggerUnknown},
			{models.CaseInput{Name: "x", Journey: "nowhere"}, models.RuleTriggerUnknown},
			{models.CaseInput{Name: "x", ActionID: a.ID, Trigger: models.PreUserinfo, Context: json.RawMessage(`[`)}, models.RuleContextInvalid},
		} {
			_, err := w.Cases.Set(w.ctx, c.in)
			wantRule(t, err, models.KindInvalid, c.rule)
		}
		in := models.CaseInput{Name: "x", ActionID: a.ID, Trigger: models.PreUserinfo}
		if _, err := w.Cases.Set(w.ctx, in); err != nil {
			t.Fatal(err)
		}
		_, err := w.Cases.Set(w.ctx, in)
		wantRule(t, err, models.KindAlreadyExists, models.RuleCaseNameTaken)
		other := w.otherOrg(t, "Other")
		if list, err := w.Cases.All(other); err != nil || len(list) != 0 {
			t.Errorf("foreign organization sees %v, %v", list, err)
		}
	})
}

func TestSettings_and_samples_are_kept(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		want := models.Settings{Label: "Production", AllowedHosts: []string{"crm.example.com"}}
		if _, err := w.Settings.Update(w.ctx, want); err != nil {
			t.Fatal(err)
		}
		got, err := w.Settings.Get(w.ctx)
		if err != nil || got.Label != "Production" || !got.Holds() || len(got.AllowedHosts) != 1 {
			t.Errorf("got %+v, %v", got, err)
		}
		_, err = w.Settings.Update(w.ctx, models.Settings{AllowedHosts: []string{"https://x/"}})
		wantRule(t, err, models.KindInvalid, models.RuleSettingsInvalid)
		s, err := w.Samples.Set(w.ctx, "", models.PreUserinfo, "mine", json.RawMessage(`{"ctx":{}}`))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Samples.Set(w.ctx, "", models.PreUserinfo, "Mine", json.RawMessage(`{}`))
		wantRule(t, err, models.KindAlreadyExists, models.RuleSampleNameTaken)
		if _, err = w.Samples.Set(w.ctx, s.ID, models.PreUserinfo, "mine too", json.RawMessage(`{}`)); err != nil {
			t.Error(err)
		}
		if err := w.Samples.Delete(w.ctx, s.ID); err != nil {
			t.Error(err)
		}
	})
}
