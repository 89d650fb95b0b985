//go:build e2e

package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/models"
)

// editor opens the editor of an action.
func (b *bench) editor(a models.Action) {
	b.t.Helper()
	b.visit("/o/" + b.OrgID + "/actions/" + a.ID)
	b.heading(a.Name)
	b.visible(b.script(a.Name))
}

// script is the editor of the script.
func (b *bench) script(name string) playwright.Locator { return b.field("Script of " + name) }

// saveState expects one of the texts about saving.
func (b *bench) saveState(text string) {
	b.t.Helper()
	must(b.t, expect.Locator(b.Page.GetByRole("main").GetByText(regexp.MustCompile("^"+text+"$"))).ToBeVisible())
}

// typed is the text of the script as a form would send it.
func (b *bench) typed() string {
	b.t.Helper()
	text, err := b.Page.Locator("textarea[name=script]").InputValue()
	must(b.t, err)
	return text
}

func TestUnsavedTextRunsAndStaysUnsaved(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.Action(t, models.ActionInput{Name: "setTier"})
	b.editor(a)
	b.saveState("All changes saved")
	b.fill(b.script("setTier"), script("setTier", "api.v1.claims.setClaim('tier', 'unsaved')"))
	b.saveState("Unsaved changes")
	must(t, b.Page.Keyboard().Press("Control+Enter"))
	row := within(b.region("Result"), "table", "Effects").GetByRole("row").Filter(playwright.LocatorFilterOptions{HasText: "claims.tier"})
	must(t, expect.Locator(row).ToContainText("unsaved"))
	b.status("Succeeded in")
	now, err := b.Services.Actions.Get(b.Context(), a.ID)
	must(t, err)
	if now.Script != a.Script {
		t.Errorf("the run saved the text: %s", now.Script)
	}
	b.saveState("Unsaved changes")
	must(t, b.Page.Keyboard().Press("Control+s"))
	b.saveState(`Saved at \d\d:\d\d`)
	if now, _ = b.Services.Actions.Get(b.Context(), a.ID); !strings.Contains(now.Script, "unsaved") {
		t.Errorf("saved was %s", now.Script)
	}
}

func TestStopEndsARun(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "spin", Script: script("spin", "for (;;) {}")}))
	b.click(b.button("Run"))
	must(t, expect.Locator(b.region("Result")).ToHaveAttribute("aria-busy", "true"))
	b.click(b.Page.GetByRole("button", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^Stop")}))
	must(t, expect.Locator(b.region("Result").GetByRole("heading", playwright.LocatorGetByRoleOptions{Level: playwright.Int(3)})).
		ToHaveText(regexp.MustCompile(`^Stopped after`)))
	must(t, expect.Locator(b.region("Result")).ToHaveAttribute("aria-busy", "false"))
	b.fill(b.script("spin"), script("spin"))
	b.run("Succeeded in") // the worker is free again
}

func TestProblemsLeadToTheirPlaces(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier"}))
	b.fill(b.script("setTier"), "function setTier(ctx, api) {\n  const a = ;\n}\n")
	problems := b.Page.GetByRole("button", playwright.PageGetByRoleOptions{Name: regexp.MustCompile(`^\d+ problems?$`)})
	b.click(problems)
	first := b.Page.GetByRole("list", playwright.PageGetByRoleOptions{Name: "Problems"}).GetByRole("listitem").First()
	must(t, expect.Locator(first).ToContainText("syntax: "))
	b.click(first.GetByRole("button").First())
	must(t, expect.Locator(b.script("setTier")).ToBeFocused())
	must(t, b.Page.Keyboard().Press("End"))
	must(t, b.Page.Keyboard().Press("Backspace"))
	must(t, b.Page.Keyboard().Type("1"))
	b.visible(b.button("No problems"))
	if !strings.Contains(b.typed(), "const a = 1") {
		t.Errorf("the cursor was elsewhere:\n%s", b.typed())
	}
}

func TestScriptCanBeLeftWithTheKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier"}))
	must(t, b.script("setTier").Focus())
	must(t, b.Page.Keyboard().Press("Tab"))
	must(t, expect.Locator(b.script("setTier")).ToBeFocused())
	must(t, b.Page.Keyboard().Press("Escape"))
	must(t, b.Page.Keyboard().Press("Tab"))
	must(t, expect.Locator(b.script("setTier")).Not().ToBeFocused())
}

func TestRenamingOffersToRenameTheFunction(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier", Script: "function setTier() {\n  return 'setTier'\n}\n"}))
	b.visible(b.Page.GetByRole("button", playwright.PageGetByRoleOptions{Name: regexp.MustCompile(`problem`)}))
	b.fill(b.field("Name"), "setPlan")
	must(t, b.field("Name").Press("Tab"))
	b.click(b.button("Rename the function too"))
	if got := b.typed(); got != "function setPlan() {\n  return 'setTier'\n}\n" {
		t.Errorf("the script became %q", got)
	}
	b.visible(b.script("setPlan"))
}

func TestTwoPeopleSaveTheSameAction(t *testing.T) {
	t.Parallel()
	for name, decide := range map[string]func(*bench, playwright.Locator){
		"mine": func(b *bench, ask playwright.Locator) {
			b.click(within(ask, "button", "Keep mine"))
			b.saveState(`Saved at \d\d:\d\d`)
		},
		"theirs": func(b *bench, ask playwright.Locator) {
			b.click(within(ask, "link", "Take theirs"))
			b.saveState("All changes saved")
			if !strings.Contains(b.typed(), "theirs") {
				b.t.Errorf("the editor shows %s", b.typed())
			}
		},
		"merged": func(b *bench, ask playwright.Locator) {
			b.click(within(ask, "button", "Merge by hand"))
			merge := b.role("dialog", "Merge by hand")
			b.click(within(merge, "button", "Take this block").First())
			b.click(within(merge, "button", "Use this text"))
			b.click(b.button("Save"))
			b.saveState(`Saved at \d\d:\d\d`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, expectNoise("409"))
			a := b.Action(t, models.ActionInput{Name: "setTier"})
			b.editor(a)
			other := b.another()
			other.editor(a)
			b.fill(b.script("setTier"), script("setTier", "// mine"))
			other.fill(other.script("setTier"), script("setTier", "// theirs"))
			other.click(other.button("Save"))
			other.saveState(`Saved at \d\d:\d\d`)
			b.click(b.button("Save"))
			ask := b.role("dialog", "Somebody else saved in the meantime")
			must(t, expect.Locator(within(ask, "table", "Changed lines")).ToContainText("// theirs"))
			decide(b, ask)
			now, err := b.Services.Actions.Get(b.Context(), a.ID)
			must(t, err)
			if want := map[string]string{"mine": "mine", "theirs": "theirs", "merged": "theirs"}[name]; !strings.Contains(now.Script, want) {
				t.Errorf("saved is %s", now.Script)
			}
		})
	}
}

// draftKept waits until the browser keeps unsaved text.
const draftKept = "() => Object.keys(localStorage).some(key => key.startsWith('draft:'))"

// reopen loses the tab without a word, as a crash does, and opens another.
func (b *bench) reopen() {
	b.t.Helper()
	crashed := b.Page
	var err error
	b.Page, err = b.context.NewPage()
	must(b.t, err)
	must(b.t, b.guard(b.Page))
	must(b.t, crashed.Close())
}

func TestDraftIsOfferedAfterACrash(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.Action(t, models.ActionInput{Name: "setTier"})
	b.editor(a)
	b.fill(b.script("setTier"), script("setTier", "// not saved"))
	_, err := b.Page.WaitForFunction(draftKept, nil)
	must(t, err)
	b.reopen()
	b.editor(a)
	b.visible(b.Page.GetByText(regexp.MustCompile(`^You have unsaved text from \d\d:\d\d\.$`)))
	b.click(b.button("Compare"))
	must(t, expect.Locator(b.role("dialog", "Compare with your unsaved text")).ToContainText("// not saved"))
	b.click(within(b.role("dialog", "Compare with your unsaved text"), "button", "Close"))
	b.click(b.button("Restore"))
	b.saveState("Unsaved changes")
	if !strings.Contains(b.typed(), "// not saved") {
		t.Errorf("the editor shows %s", b.typed())
	}
}

func TestTurningAnActionOffKeepsUnsavedText(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.Action(t, models.ActionInput{Name: "setTier"})
	b.editor(a)
	b.fill(b.script("setTier"), script("setTier", "// still here"))
	b.click(b.button("Deactivate"))
	b.visible(b.button("Activate"))
	b.status("setTier is inactive now. Flows skip it.")
	b.saveState("Unsaved changes")
	if !strings.Contains(b.typed(), "// still here") {
		t.Errorf("the editor shows %s", b.typed())
	}
	b.click(b.button("Save"))
	b.saveState(`Saved at \d\d:\d\d`)
}

func TestListOfActions(t *testing.T) {
	t.Parallel()
	b := open(t)
	used := b.Action(t, models.ActionInput{Name: "setTier"})
	b.Action(t, models.ActionInput{Name: "mapGroups", Script: script("mapGroups", "// needle")})
	b.Bind(t, models.PreUserinfo, used.ID)
	b.visit("/o/" + b.OrgID + "/actions")
	table := b.role("table", "Actions")
	b.fill(b.role("searchbox", "Search actions"), "needle")
	b.status("1 action")
	must(t, expect.Locator(table.GetByRole("row")).ToContainText([]string{"Name", "mapGroups"}))
	b.fill(b.role("searchbox", "Search actions"), "")
	b.visible(within(table, "link", "setTier"))

	b.click(b.button("More for setTier"))
	b.click(b.role("menuitem", "Deactivate"))
	must(t, expect.Locator(table.GetByRole("row").Filter(playwright.LocatorFilterOptions{HasText: "setTier"})).ToContainText("Inactive"))
	b.click(b.button("More for setTier"))
	b.click(b.role("menuitem", "Activate"))
	must(t, expect.Locator(table.GetByRole("row").Filter(playwright.LocatorFilterOptions{HasText: "setTier"})).Not().ToContainText("Inactive"))

	b.click(b.button("More for setTier"))
	b.click(b.role("menuitem", "Delete"))
	ask := b.role("dialog", "Delete setTier?")
	must(t, expect.Locator(ask).ToContainText("Complement token, Pre userinfo creation"))
	must(t, expect.Locator(within(ask, "button", "Cancel")).ToBeFocused())
	b.fill(within(ask, "textbox", "Name of the action"), "setTier")
	b.click(within(ask, "button", "Delete setTier"))
	must(t, expect.Locator(table).Not().ToContainText("setTier"))
	b.click(b.button("Undo"))
	b.heading("setTier")
	b.visit("/o/" + b.OrgID + "/flows")
	b.order(userinfo, "setTier")
}

func TestVersionsCompareAndRestore(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.Action(t, models.ActionInput{Name: "setTier", Script: script("setTier", "// first")})
	b.editor(a)
	b.fill(b.script("setTier"), script("setTier", "// second"))
	b.click(b.button("Save"))
	b.saveState(`Saved at \d\d:\d\d`)
	b.click(b.role("tab", "Versions"))
	b.click(b.link("All versions"))
	b.heading("setTier: versions")
	comparison := b.region("Compare versions")
	must(t, expect.Locator(comparison).ToContainText("// second"))
	b.click(b.button("Restore version 1"))
	b.heading("setTier")
	if !strings.Contains(b.typed(), "// first") {
		t.Errorf("restored is %s", b.typed())
	}
}

func TestRecordedRunIsReplayed(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier", Script: script("setTier", "api.v1.claims.setClaim('tier', 'gold')")}))
	b.run("Succeeded in")
	b.click(b.link("Open this run"))
	b.visible(b.region("Result"))
	b.click(b.link("Replay in editor"))
	b.heading("setTier")
	b.fill(b.script("setTier"), script("setTier", "api.v1.claims.setClaim('tier', 'silver')"))
	result := b.run("Succeeded in")
	row := within(result, "table", "Effects").GetByRole("row").Filter(playwright.LocatorFilterOptions{HasText: "claims.tier"})
	must(t, expect.Locator(row).ToContainText(regexp.MustCompile(`"gold"\s*"silver"`)))
}

func TestActionsWithoutScript(t *testing.T) {
	t.Parallel()
	b := open(t, noScript)
	b.visit("/o/" + b.OrgID + "/actions/new")
	b.fill(b.field("Name"), "plain")
	b.fill(b.field("Script of newAction"), script("plain", "api.v1.claims.setClaim('tier', 'gold')"))
	b.click(b.button("Run"))
	must(t, expect.Locator(b.region("Result")).ToContainText("claims.tier"))
	b.click(b.button("Create"))
	b.heading("plain")
	b.fill(b.field("Script of plain"), script("plain", "const a = null", "a.b()"))
	b.click(b.button("Run"))
	must(t, expect.Locator(b.region("Result")).ToContainText("Line 3, column"))
	b.click(b.button("Save"))
	b.visible(b.Page.GetByText("Saved."))
	b.click(b.button("Deactivate"))
	b.visible(b.button("Activate"))
	b.click(b.link("Delete plain"))
	b.click(b.button("Delete plain"))
	b.heading("Actions")
}

func TestLeavingWithUnsavedTextAsks(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.editor(b.Action(t, models.ActionInput{Name: "setTier"}))
	b.fill(b.script("setTier"), script("setTier", "// not saved"))
	asked := make(chan string, 1)
	b.Page.OnDialog(func(d playwright.Dialog) {
		asked <- d.Type()
		_ = d.Dismiss()
	})
	b.click(within(b.role("navigation", "Main"), "link", "Runs"))
	if kind := <-asked; kind != "beforeunload" {
		t.Errorf("the browser asks %q", kind)
	}
	b.heading("setTier")
}

func TestDividerMovesByKeysAndIsRemembered(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.Action(t, models.ActionInput{Name: "setTier"})
	b.editor(a)
	divider := b.role("separator", "Width of the script")
	must(t, divider.Focus())
	for range 3 {
		must(t, b.Page.Keyboard().Press("ArrowLeft"))
	}
	must(t, expect.Locator(divider).ToHaveAttribute("aria-valuenow", "54"))
	b.editor(a)
	must(t, expect.Locator(divider).ToHaveAttribute("aria-valuenow", "54"))
}

func TestViewerReadsTheEditor(t *testing.T) {
	t.Parallel()
	b := open(t)
	a := b.someActions()
	(&flowsBoard{bench: b}).becomeViewer()
	b.editor(a)
	b.visible(b.Page.GetByText("You can look at this action but not change it."))
	for _, name := range []string{"Save", "Deactivate", "Run"} {
		must(t, expect.Locator(b.button(name)).ToHaveCount(0))
	}
	must(t, b.script("setTier").Focus())
	must(t, b.Page.Keyboard().Type("x"))
	if b.typed() != a.Script {
		t.Errorf("the script became %s", b.typed())
	}
	b.accessible("read only")
}

func TestEditedSampleIsSavedAndUsed(t *testing.T) {
	t.Parallel()
	b := open(t, expectNoise("422"))
	b.editor(b.Action(t, models.ActionInput{Name: "setTier", Script: script("setTier", "api.v1.claims.setClaim('seen', ctx.v1.claims.sub)")}))
	b.click(b.Page.GetByText("Edit the sample"))
	context := b.field("Context as JSON")
	must(t, expect.Locator(context).ToHaveValue(regexp.MustCompile(`"claims"`)))
	b.fill(context, `{"ctx": {"v1": {"claims": {"sub": "my own"}}}}`)
	b.click(b.button("Save sample as"))
	must(t, expect.Locator(b.field("Name of the sample")).ToBeFocused())
	b.fill(b.field("Name of the sample"), "Only a subject")
	b.click(b.button("Save sample as"))
	b.status("Sample Only a subject is saved.")
	_, err := b.Page.Reload()
	must(t, err)
	_, err = b.role("combobox", "Sample context").SelectOption(playwright.SelectOptionValues{Labels: &[]string{"Only a subject"}})
	must(t, err)
	result := b.run("Succeeded in")
	must(t, expect.Locator(within(result, "table", "Effects")).ToContainText("my own"))
}
