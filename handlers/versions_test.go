package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

// twice makes an action with two versions.
func twice(t *testing.T, app *webtest.App) models.Action {
	t.Helper()
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() {\n  old()\n}\n"})
	in := a.Input()
	in.Script, in.AllowedToFail = "function one() {\n  fresh()\n  more()\n}\n", true
	a, err := app.Services.Actions.Update(app.Context(), a.ID, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestVersions_ListSizesAndComparison(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := twice(t, app)
	org := link.Org(app.OrgID)
	page := app.Get(t, org.Versions(a.ID))
	if page.Text("h1") != "one: versions" {
		t.Errorf("heading %q", page.Text("h1"))
	}
	if row := page.Text(`table[aria-label="Versions"] tbody tr`); !strings.Contains(row, "Version 2") || !strings.Contains(row, "+2 −1") {
		t.Errorf("newest row %q", row)
	}
	for _, want := range []string{"removed: old()", "added: fresh()", "added: more()"} {
		if got := page.Text(".diff"); !strings.Contains(got, want) {
			t.Errorf("the comparison %q lacks %q", got, want)
		}
	}
	if got := page.Text(`table[aria-label="Settings"] tbody`); got != "Allowed to fail No Yes" {
		t.Errorf("settings: %q", got)
	}
	same := app.Do(t, webtest.Request{Path: org.Versions(a.ID) + "?a=2&b=2", Fragment: true})
	if !strings.Contains(same.Body, "The script is the same.") {
		t.Errorf("a version with itself: %s", same.Body)
	}
	if page := app.Get(t, org.Version(a.ID, 7)); page.Status != http.StatusNotFound {
		t.Errorf("a version that is not there answers %d", page.Status)
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := twice(t, app)
	org := link.Org(app.OrgID)
	app.Bind(t, models.PreUserinfo, a.ID)
	ask := app.Post(t, org.VersionRestore(a.ID, 1), url.Values{})
	if ask.Location != org.Versions(a.ID)+"?ask=1" {
		t.Fatalf("a live action is not asked about: %d to %q", ask.Status, ask.Location)
	}
	if page := app.Get(t, ask.Location); page.Text("h2[data-focus]") != "Restore version 1?" {
		t.Errorf("the question is %q", page.Text("h2[data-focus]"))
	}
	done := app.Post(t, org.VersionRestore(a.ID, 1), url.Values{"sure": {"1"}})
	now, _ := app.Services.Actions.Get(app.Context(), a.ID)
	if done.Location != org.Action(a.ID) || !strings.Contains(now.Script, "old()") || now.Version != 3 {
		t.Errorf("to %q, version %d: %s", done.Location, now.Version, now.Script)
	}
}
