package models_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"flowbench/models"
)

func TestTriggerTableIsComplete(t *testing.T) {
	t.Parallel()
	want := map[models.FlowType][]models.TriggerType{1: {1, 2, 3}, 2: {4, 5}, 3: {1, 2, 3}, 4: {6}}
	count := 0
	for flow, triggers := range want {
		got := models.TriggersOf(flow)
		if len(got) != len(triggers) {
			t.Fatalf("flow %d has %d triggers, want %d", flow, len(got), len(triggers))
		}
		for i, trigger := range triggers {
			count++
			if got[i].Trigger != trigger || got[i].Flow != flow {
				t.Errorf("flow %d, place %d: %+v, want trigger %d", flow, i, got[i], trigger)
			}
			bySlug, ok := models.TriggerBySlug(got[i].Slug)
			byNumbers, ok2 := models.TriggerOf(flow, trigger)
			if !ok || !ok2 || bySlug != got[i] || byNumbers != got[i] {
				t.Errorf("%s is not found by slug and numbers", got[i].Slug)
			}
		}
	}
	if len(models.Triggers()) != count {
		t.Errorf("the table has %d rows, want %d", len(models.Triggers()), count)
	}
	if _, ok := models.TriggerOf(2, 1); ok {
		t.Error("flow 2 has trigger 1")
	}
}

func TestRequestIDsAreExactTexts(t *testing.T) {
	t.Parallel()
	flows := map[string]models.FlowType{"1": 1, "FLOW_TYPE_EXTERNAL_AUTHENTICATION": 1, "2": 2, "3": 3, "4": 4,
		"": 0, "0": 0, "5": 0, "01": 0, " 1": 0, "flow_type_external_authentication": 0, "FLOW_TYPE_CUSTOMISE_TOKEN": 0}
	for text, want := range flows {
		if got, ok := models.ParseFlowType(text); got != want || ok != (want != 0) {
			t.Errorf("flow %q: %d, %v", text, got, ok)
		}
	}
	triggers := map[string]models.TriggerType{"1": 1, "TRIGGER_TYPE_POST_AUTHENTICATION": 1, "2": 2, "TRIGGER_TYPE_PRE_CREATION": 2,
		"3": 3, "TRIGGER_TYPE_POST_CREATION": 3, "4": 4, "5": 5, "6": 6, "7": 0, "06": 0, "TRIGGER_TYPE_PRE_USERINFO_CREATION": 0}
	for text, want := range triggers {
		if got, ok := models.ParseTriggerType(text); got != want || ok != (want != 0) {
			t.Errorf("trigger %q: %d, %v", text, got, ok)
		}
	}
}

func TestSecondsInJSON(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{0: `"0s"`, time.Second: `"1s"`, 4200 * time.Microsecond: `"0.0042s"`, 10 * time.Second: `"10s"`, 1: `"0.000000001s"`} {
		data, err := json.Marshal(models.Seconds(d))
		if err != nil || string(data) != want {
			t.Errorf("%v: %s, %v, want %s", d, data, err, want)
		}
		var back models.Seconds
		if err := json.Unmarshal(data, &back); err != nil || back.Duration() != d {
			t.Errorf("%s: %v, %v", data, back, err)
		}
	}
	for _, bad := range []string{`"10"`, `10`, `"s"`, `"1m"`, `""`} {
		var s models.Seconds
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read as %v", bad, s)
		}
	}
}

func TestErrorsMatchByKindAndRule(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	err := &models.Error{Kind: models.KindNotFound, Rule: models.RuleActionNotFound, Message: "Gone.", Cause: cause}
	if !errors.Is(err, models.NotFound(models.RuleActionNotFound, "")) || !errors.Is(err, models.NotFound("", "")) || !errors.Is(err, cause) {
		t.Error("the error does not match its own kind, rule and cause")
	}
	if errors.Is(err, models.NotFound(models.RuleOrgNotFound, "")) || errors.Is(err, models.Invalid(models.RuleActionNotFound, "", "")) {
		t.Error("the error matches another rule or kind")
	}
	if models.KindOf(cause) != models.KindInternal || models.RuleOf(cause) != "" || models.KindInternal.String() != "internal" {
		t.Error("an ordinary error is not internal")
	}
}

func TestTokenUsable(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
	later := now.Add(1)
	for title, test := range map[string]struct {
		token models.Token
		want  bool
	}{
		"without end":       {models.Token{}, true},
		"expires just now":  {models.Token{ExpiresAt: &now}, false},
		"expires next":      {models.Token{ExpiresAt: &later}, true},
		"revoked":           {models.Token{RevokedAt: &later}, false},
		"revoked, not over": {models.Token{RevokedAt: &now, ExpiresAt: &later}, false},
	} {
		if got := test.token.Usable(now); got != test.want {
			t.Errorf("%s: %v, want %v", title, got, test.want)
		}
	}
}
