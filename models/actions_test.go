package models_test

import (
	"strings"
	"testing"
	"time"

	"flowbench/models"
)

func TestActionInputAtItsLimits(t *testing.T) {
	t.Parallel()
	ok := models.ActionInput{Name: "n", Script: "s"}
	tests := []struct {
		title string
		edit  func(in *models.ActionInput)
		want  models.Rule
	}{
		{"smallest", func(*models.ActionInput) {}, ""},
		{"empty name", func(in *models.ActionInput) { in.Name = "" }, models.RuleNameLength},
		{"200 characters of two bytes", func(in *models.ActionInput) { in.Name = strings.Repeat("ü", 200) }, ""},
		{"201 characters", func(in *models.ActionInput) { in.Name = strings.Repeat("n", 201) }, models.RuleNameLength},
		{"blanks are a name", func(in *models.ActionInput) { in.Name = " " }, ""},
		{"empty script", func(in *models.ActionInput) { in.Script = "" }, models.RuleScriptEmpty},
		{"longest script", func(in *models.ActionInput) { in.Script = strings.Repeat("ß", 10000) }, ""},
		{"script one over", func(in *models.ActionInput) { in.Script = strings.Repeat("s", 10001) }, models.RuleScriptTooLong},
		{"longest timeout", func(in *models.ActionInput) { in.Timeout = 20 * time.Second }, ""},
		{"timeout one over", func(in *models.ActionInput) { in.Timeout = 20*time.Second + 1 }, models.RuleTimeoutRange},
		{"timeout one under", func(in *models.ActionInput) { in.Timeout = -1 }, models.RuleTimeoutRange},
		{"name comes before script", func(in *models.ActionInput) { in.Name, in.Script = "", "" }, models.RuleNameLength},
		{"script comes before timeout", func(in *models.ActionInput) { in.Script, in.Timeout = "", -1 }, models.RuleScriptEmpty},
	}
	for _, test := range tests {
		t.Run(test.title, func(t *testing.T) {
			t.Parallel()
			in := ok
			test.edit(&in)
			if got := models.RuleOf(in.Validate(models.DefaultScriptLimit)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestScriptLimitIsASetting(t *testing.T) {
	t.Parallel()
	in := models.ActionInput{Name: "n", Script: strings.Repeat("s", models.MaxScriptLimit)}
	if err := in.Validate(models.MaxScriptLimit); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	in.Script += "s"
	if faults := in.Faults(models.MaxScriptLimit); len(faults) != 1 || faults[0].Args["limit"] != models.MaxScriptLimit {
		t.Errorf("over the limit: %v", faults)
	}
}

func TestEffectiveTimeout(t *testing.T) {
	t.Parallel()
	for stored, want := range map[time.Duration]time.Duration{
		0: 20 * time.Second, 1: 1, time.Second: time.Second, 20*time.Second - 1: 20*time.Second - 1,
		20 * time.Second: 20 * time.Second, 21 * time.Second: 20 * time.Second, -1: 20 * time.Second,
	} {
		if got := (models.Action{Timeout: stored}).EffectiveTimeout(); got != want {
			t.Errorf("stored %v: got %v, want %v", stored, got, want)
		}
	}
}

func TestNameKeyFoldsBeyondASCII(t *testing.T) {
	t.Parallel()
	if models.NameKey("ÄRGER Σ") != models.NameKey("ärger σ") {
		t.Error("names that differ in case only have different keys")
	}
	if models.NameKey(" a") == models.NameKey("a") {
		t.Error("the key was trimmed")
	}
}
