package handlers_test

import (
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func TestOverview_CountsRunsAndNamesTheFailing(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	good := app.Action(t, models.ActionInput{Name: "good", Script: "function good() {}"})
	bad := app.Action(t, models.ActionInput{Name: "bad", Script: "function bad() { throw 1 }"})
	app.Bind(t, models.PreUserinfo, good.ID, bad.ID)
	for _, id := range []string{good.ID, bad.ID} {
		if _, err := app.Services.Runs.RunAction(app.Context(), services.RunActionRequest{ActionID: id, Trigger: models.PreUserinfo}); err != nil {
			t.Fatal(err)
		}
	}
	page := app.Get(t, link.Org(app.OrgID).Overview())
	if got := page.Text(".figures"); !strings.Contains(got, "Runs in 24 h 2") || !strings.Contains(got, "Failed in 24 h 1 50 % of all runs") {
		t.Errorf("figures %q", got)
	}
	label, _ := page.Doc.Find(`figure svg[role="img"]`).Attr("aria-label")
	if label != "2 runs: 1 succeeded, 0 failed but tolerated, 1 failed." || page.Doc.Find("figure rect").Length() != 2 {
		t.Errorf("chart %q with %d bars", label, page.Doc.Find("figure rect").Length())
	}
	if rows := page.Doc.Find("figure tbody tr").Length(); rows != 30 {
		t.Errorf("the table has %d days", rows)
	}
	if got := page.Text(`section[aria-labelledby="attention"]`); !strings.Contains(got, "The last run of bad failed.") || strings.Contains(got, "good") {
		t.Errorf("needs attention: %q", got)
	}
}
