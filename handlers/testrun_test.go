package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func try(t *testing.T, app *webtest.App, form url.Values) *webtest.Page {
	t.Helper()
	return app.Do(t, webtest.Request{Method: http.MethodPost, Path: link.Org(app.OrgID).TestRun(), Form: form, Fragment: true})
}

func unsaved(name, body string, pairs ...string) url.Values {
	form := url.Values{"name": {name}, "script": {"function " + name + "(ctx, api) {\n" + body + "\n}\n"}, "timeout": {"5"}, "trigger": {"pre-userinfo"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func TestRun_ShowsEffectsAndLog(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := try(t, app, unsaved("setTier", "  require('zitadel/log').warn('careful')\n  api.v1.claims.setClaim('tier', 'gold')"))
	if !strings.HasPrefix(page.Text("h3"), "Succeeded in ") || page.Text(".consequence") != "In production, sign-in would go on." {
		t.Errorf("headline %q, consequence %q", page.Text("h3"), page.Text(".consequence"))
	}
	if got := page.Text(`table[aria-label="Effects"] tbody tr`); got != `claims.tier – "gold" added Line 3` {
		t.Errorf("effect: %q", got)
	}
	if got := page.Text(`[aria-label="Log"] li`); !strings.HasSuffix(got, "warning careful") {
		t.Errorf("log: %q", got)
	}
}

func TestRun_FailureLeadsToItsPlace(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	for _, tc := range []struct{ allowed, want string }{
		{"", "In production, sign-in would stop here, because this action is not allowed to fail. Introspection would report a valid token as inactive."},
		{"on", "The failure would be ignored, because this action is allowed to fail."},
	} {
		page := try(t, app, unsaved("fail", "  // one\n  const user = {}.human.email", "allowedToFail", tc.allowed))
		if !strings.HasPrefix(page.Text("h3"), "Failed in ") || page.Text(".consequence") != tc.want {
			t.Errorf("headline %q, consequence %q", page.Text("h3"), page.Text(".consequence"))
		}
		place := page.Doc.Find("a[data-failure]")
		if !strings.HasPrefix(place.Text(), "Line 3, column ") || place.AttrOr("data-line", "") != "3" {
			t.Errorf("place: %q", place.Text())
		}
		if code := page.Doc.Find(".excerpt").Text(); !strings.Contains(code, ">   3") || !strings.Contains(code, "//") || !strings.Contains(code, "^") {
			t.Errorf("excerpt:\n%s", code)
		}
	}
}

func TestRun_TimeoutIsNamed(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := try(t, app, unsaved("spin", "  for (;;) {}", "timeout", "1"))
	if page.Text("h3") != "Stopped after 1 s (timeout)" {
		t.Errorf("headline %q", page.Text("h3"))
	}
}

func TestRun_WithoutScriptRendersTheEditorWithTheResult(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	form := unsaved("one", "  api.v1.claims.setClaim('unsaved', true)", "id", a.ID)
	page := app.Post(t, link.Org(app.OrgID).TestRun(), form)
	if page.Status != http.StatusOK || page.Text("h1") != "one" || !strings.Contains(page.Text("#result"), "claims.unsaved") {
		t.Errorf("status %d, heading %q, result %q", page.Status, page.Text("h1"), page.Text("#result"))
	}
	if !strings.Contains(page.Doc.Find("[name=script]").Text(), "unsaved") {
		t.Error("the text on the screen is gone")
	}
	if now, _ := app.Services.Actions.Get(app.Context(), a.ID); strings.Contains(now.Script, "unsaved") {
		t.Error("a test run saved the text")
	}
}

func TestRun_FaultsOfTheInput(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	for name, form := range map[string]url.Values{
		"context is no JSON": unsaved("one", "", "context", "{"),
		"context is a list":  unsaved("one", "", "context", "[]"),
		"answers":            unsaved("one", "", "stubs", "{"),
		"no script":          {"name": {"one"}, "trigger": {"pre-userinfo"}},
		"no trigger":         unsaved("one", "", "trigger", ""),
		"timeout":            unsaved("one", "", "timeout", "soon"),
	} {
		page := try(t, app, form)
		if page.Status != http.StatusUnprocessableEntity || page.Text("#result [data-announce]") == "" {
			t.Errorf("%s: status %d, says %q", name, page.Status, page.Text("#result"))
		}
	}
}

func TestRun_ComparesWithTheRunBefore(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	first := try(t, app, unsaved("one", "  api.v1.claims.setClaim('tier', 'gold')"))
	id := first.Doc.Find("[name=previous]").AttrOr("value", "")
	second := try(t, app, unsaved("one", "  api.v1.claims.setClaim('tier', 'silver')", "previous", id))
	address := second.Doc.Find("a[data-compare]").AttrOr("href", "")
	page := app.Do(t, webtest.Request{Path: address, Fragment: true})
	if got := page.Text(`table[aria-label="Effects"] tbody tr`); got != `claims.tier – "gold" "silver"` {
		t.Errorf("comparison: %q", got)
	}
	replay := try(t, app, unsaved("one", "  api.v1.claims.setClaim('tier', 'gold')", "replay", id))
	if got := replay.Text(`table[aria-label="Effects"] tbody tr`); got != `claims.tier – "gold" "gold" same` {
		t.Errorf("replay: %q", got)
	}
}

func TestRun_OfTheSavedTextNamesItsVersion(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() {}\r\n", Timeout: 10e9})
	form := edited(a, "id", a.ID, "trigger", "pre-userinfo", "script", "function one() {}\n")
	try(t, app, form)
	runs, err := app.Services.Runs.List(app.Context(), models.RunFilter{})
	if err != nil || len(runs) != 1 || runs[0].ActionVersion != 1 {
		t.Fatalf("runs %+v, %v", runs, err)
	}
	form.Set("script", "function one() { /**/ }")
	try(t, app, form)
	if runs, _ = app.Services.Runs.List(app.Context(), models.RunFilter{}); runs[0].ActionVersion != 0 {
		t.Errorf("unsaved text ran as version %d", runs[0].ActionVersion)
	}
}

func TestEveryExampleRuns(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	for _, e := range actions.Examples() {
		page := try(t, app, url.Values{"name": {e.Name}, "script": {e.Script}, "timeout": {"10"}, "trigger": {string(e.Trigger)}, "stubs": {e.Stub}})
		if !strings.HasPrefix(page.Text("h3"), "Succeeded") || page.Doc.Find(`table[aria-label="Effects"] tbody tr`).Length() == 0 {
			t.Errorf("%s: %s", e.Name, page.Text("#result"))
		}
	}
}

func TestCheck_AnswersWithProblems(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Do(t, webtest.Request{Method: http.MethodPost, Path: link.Org(app.OrgID).Check(), Fragment: true,
		Form: url.Values{"name": {"one"}, "script": {"function one( {"}, "trigger": {"pre-userinfo"}}})
	if page.Status != http.StatusOK || !strings.Contains(page.Body, `"parses":false`) || !strings.Contains(page.Body, `"rule":"syntax"`) {
		t.Errorf("status %d: %s", page.Status, page.Body)
	}
}

func TestSaveSample(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	address := link.Org(app.OrgID).Samples()
	form := unsaved("one", "", "context", `{"ctx":{}}`, "sampleName", "Bare")
	page := app.Post(t, address, form)
	chosen := page.Doc.Find("[name=sample] option[selected]")
	if page.Status != http.StatusOK || chosen.Text() != "Bare" || !strings.Contains(page.Doc.Find("[name=script]").Text(), "function one") {
		t.Errorf("status %d, sample %q", page.Status, chosen.Text())
	}
	kept := app.Get(t, address+"?key="+url.QueryEscape(chosen.AttrOr("value", "")))
	if kept.Body != `{"ctx":{}}` {
		t.Errorf("the sample is %q", kept.Body)
	}
	for name, bad := range map[string]url.Values{
		"no name":    unsaved("one", "", "context", `{"ctx":{}}`),
		"no context": unsaved("one", "", "sampleName", "Empty"),
		"no object":  unsaved("one", "", "context", "[", "sampleName", "List"),
	} {
		page := app.Do(t, webtest.Request{Method: http.MethodPost, Path: address, Form: bad, Fragment: true})
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Body, `"message":"`) {
			t.Errorf("%s: status %d, %s", name, page.Status, page.Body)
		}
	}
}
