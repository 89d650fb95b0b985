//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/models"
)

func TestCompletionAndHoverComeFromTheTrigger(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier", Script: "function setTier(ctx, api) {\n\n}\n"}))
	listed := func(request playwright.Request) bool {
		return strings.Contains(request.URL(), "/completions?trigger=pre-access-token")
	}
	_, err := b.Page.ExpectRequestFinished(func() error {
		_, err := b.role("combobox", "Run as if triggered by").SelectOption(playwright.SelectOptionValues{Values: &[]string{string(models.PreAccessToken)}})
		return err
	}, playwright.PageExpectRequestFinishedOptions{Predicate: listed})
	must(t, err)
	must(t, b.script("setTier").Focus())
	must(t, b.Page.Keyboard().Press("Control+Home"))
	must(t, b.Page.Keyboard().Press("ArrowDown"))
	must(t, b.Page.Keyboard().Type("api.v1.claims.set"))
	option := b.Page.GetByRole("listbox").GetByRole("option", playwright.LocatorGetByRoleOptions{Name: "setClaim"})
	b.click(option) // Enter within 75 ms of the list's appearance is a new line
	must(t, b.Page.Keyboard().Type("'a', 1"))
	if !strings.Contains(b.typed(), "api.v1.claims.setClaim('a', 1)") {
		t.Errorf("the script became %s", b.typed())
	}
	b.explained(b.script("setTier").GetByText("setClaim", playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}), "Sets a custom claim.")
}

// explained rests the pointer on a word until its explanation shows. The editor
// waits for a pause of the pointer, and drops what a redraw comes in between.
func (b *bench) explained(word playwright.Locator, explanation string) {
	b.t.Helper()
	text := b.Page.GetByText(explanation)
	for range 6 {
		must(b.t, b.Page.Mouse().Move(5, 5))
		must(b.t, word.Hover())
		if text.WaitFor(playwright.LocatorWaitForOptions{Timeout: playwright.Float(2000)}) == nil {
			return
		}
	}
	b.t.Errorf("nothing explains %q under the pointer", explanation)
}
