package actions

import (
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/views/text"
)

func TestEveryExampleHasTextsAndItsFunction(t *testing.T) {
	t.Parallel()
	en := text.In("en")
	for _, e := range Examples() {
		for _, key := range []string{"title", "does"} {
			if full := "actions.example." + e.Name + "." + key; !en.Has(full) {
				t.Errorf("no text %s", full)
			}
		}
		if !strings.Contains(e.Script, "function "+e.Name+"(ctx, api)") {
			t.Errorf("%s does not define its function", e.Name)
		}
	}
}

func TestEveryTriggerHasAnExample(t *testing.T) {
	t.Parallel()
	if n := len(Examples()); n < 12 {
		t.Errorf("%d examples, want at least 12", n)
	}
	for _, trigger := range models.Triggers() {
		if len(examplesOf(trigger.Slug)) == 0 {
			t.Errorf("no example for %s", trigger.Slug)
		}
	}
}
