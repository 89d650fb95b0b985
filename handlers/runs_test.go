package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

// ran makes a stored run.
func ran(t *testing.T, app *webtest.App, name, body string) models.RunResult {
	t.Helper()
	result, err := app.Services.Runs.RunAction(app.Context(), services.RunActionRequest{
		Name: name, Script: "function " + name + "(ctx, api) {\n  " + body + "\n}\n", Trigger: models.PreUserinfo, Timeout: 5e9})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestRuns_ListAndFilters(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	org := link.Org(app.OrgID)
	if page := app.Get(t, org.Runs()); !strings.HasPrefix(page.Text(".empty p"), "No runs yet.") {
		t.Errorf("the empty list says %q", page.Text(".empty p"))
	}
	ran(t, app, "good", "require('zitadel/log').log('needle')")
	ran(t, app, "bad", "throw new Error('no')")
	for query, want := range map[string][]string{
		"":                           {"bad", "good"},
		"?outcome=ok":                {"good"},
		"?outcome=failed":            {"bad"},
		"?text=needle":               {"good"},
		"?trigger=pre-saml-response": nil,
		"?since=1h":                  {"bad", "good"},
		"?source=RUN_SOURCE_API":     nil,
	} {
		rows := app.Get(t, org.Runs()+query).Doc.Find(`table[aria-label="Runs"] tbody tr`)
		if rows.Length() != len(want) {
			t.Errorf("%s: %d rows, want %v", query, rows.Length(), want)
			continue
		}
		for i, name := range want {
			if !strings.Contains(rows.Eq(i).Text(), name) {
				t.Errorf("%s: row %d is %q, want %s", query, i, rows.Eq(i).Text(), name)
			}
		}
	}
}

func TestRuns_PagesGoOnWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	first := ran(t, app, "oldest", "")
	for range 50 {
		ran(t, app, "later", "")
	}
	page := app.Get(t, link.Org(app.OrgID).Runs())
	more := page.Doc.Find("#run-list > a")
	if page.Doc.Find("tbody tr").Length() != 50 || strings.TrimSpace(more.Text()) != "Older runs" {
		t.Fatalf("%d rows, button %q", page.Doc.Find("tbody tr").Length(), more.Text())
	}
	next := app.Get(t, more.AttrOr("href", ""))
	if next.Doc.Find("tbody tr").Length() != 1 || !strings.Contains(next.Body, first.ID) {
		t.Errorf("the next page has %d rows", next.Doc.Find("tbody tr").Length())
	}
}

func TestRun_PageShowsResultScriptAndFacts(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	org := link.Org(app.OrgID)
	result := ran(t, app, "good", "api.v1.claims.setClaim('tier', 'gold')")
	page := app.Get(t, org.Run(result.ID))
	if !strings.HasPrefix(page.Text("#result h2"), "Succeeded in") || !strings.Contains(page.Text("#result"), "claims.tier") {
		t.Errorf("result %q", page.Text("#result"))
	}
	if got := page.Text("#L2"); !strings.HasPrefix(got, "api.v1.claims") {
		t.Errorf("line 2 is %q", got)
	}
	if href := page.Doc.Find("#result table a").AttrOr("href", ""); href != "#L2" {
		t.Errorf("the effect's line leads to %q", href)
	}
	if page := app.Get(t, org.Run("1")); page.Status != http.StatusNotFound {
		t.Errorf("a run that is not there answers %d", page.Status)
	}
}

func TestReplay_LoadsTheInputOfTheRun(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	result, err := app.Services.Runs.RunAction(app.Context(), services.RunActionRequest{ActionID: a.ID, Trigger: models.PreAccessToken,
		Context: []byte(`{"ctx":{"v1":{"claims":{"sub":"recorded"}}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	page := app.Get(t, link.Org(app.OrgID).Replay(a.ID, result.ID))
	if !strings.Contains(page.Doc.Find("[name=context]").Text(), "recorded") || page.Doc.Find("[name=replay]").AttrOr("value", "") != result.ID {
		t.Errorf("context %q", page.Doc.Find("[name=context]").Text())
	}
	if got := page.Doc.Find("[name=trigger] option[selected]").AttrOr("value", ""); got != string(models.PreAccessToken) {
		t.Errorf("trigger %q", got)
	}
}
