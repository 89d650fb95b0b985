package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/runs"
	"flowbench/views/ui"
)

// Runs answers the list of runs and the page of one; test runs start here.
type Runs struct{ *Console }

// runsPage is how many runs one page has.
const runsPage = 50

type runsForm struct {
	Action  string `form:"action"`
	Trigger string `form:"trigger"`
	Outcome string `form:"outcome"`
	Source  string `form:"source"`
	Since   string `form:"since"`
	Text    string `form:"text"`
	Before  string `form:"before"`
}

// List shows the runs that match the filter, the newest first.
func (h Runs) List(c *gin.Context) error {
	form, err := Bind[runsForm](c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	list, err := h.Services.Runs.List(ctx, form.filter(h.Now()))
	if err != nil {
		return err
	}
	known, err := h.Services.Actions.List(ctx, models.ActionFilter{Sort: models.ActionSortName, Asc: true})
	if err != nil {
		return err
	}
	props := runs.ListProps{Org: org(c), Runs: list, Filter: runs.Filter(form), Actions: known.Actions}
	if len(list) > runsPage {
		props.Runs, props.More = list[:runsPage], true
	}
	shell := h.Shell(c, layout.Runs, "")
	if IsFragment(c) {
		Announce(c, shell.T.S("runs.announce", "n", len(props.Runs)))
	}
	return h.Answer(c, http.StatusOK, runs.List(shell, props), runs.Rows(shell.T, shell.Now, props))
}

// filter asks for one run more than a page has, to know whether there are more.
func (f runsForm) filter(now time.Time) models.RunFilter {
	filter := models.RunFilter{ActionID: f.Action, Trigger: models.Slug(f.Trigger), Source: models.RunSource(f.Source),
		Outcomes: runs.Outcomes(f.Outcome), LogText: f.Text, BeforeID: f.Before, Limit: runsPage + 1}
	for _, since := range runs.Since {
		if since.Key == f.Since {
			filter.From = now.Add(-since.Span)
		}
	}
	return filter
}

// Show shows one run; with "compare" the effects stand next to those of another
// run. Inside the editor the result alone is sent.
func (h Runs) Show(c *gin.Context) error {
	run, err := h.Services.Runs.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	t := h.Text(c)
	props := runs.ShowProps{Org: org(c), Run: run, Newer: h.newer(c, run)}
	if props.Result, err = h.recorded(c, run); err != nil {
		return err
	}
	if other := c.Query("compare"); other != "" {
		if props.Result.Previous, err = h.result(c, other); err != nil {
			return err
		}
	}
	inEditor := c.Query("in") == "editor"
	fragment := props.Result
	if fragment.InEditor = inEditor; inEditor {
		fragment.Level, fragment.RunURL = 3, org(c).Run(run.ID)
	}
	title := t.S("runs.run_n", "id", ui.ShortID(run.ID))
	shell := h.editorShell(c, title, title)
	shell.Section = layout.Runs
	shell.Crumbs = []layout.Crumb{{Label: t.S("runs.title"), Href: org(c).Runs()}, {Label: title}}
	return h.Answer(c, http.StatusOK, runs.Show(shell, props), runs.Region(t, runs.RegionProps{Result: &fragment}))
}

// recorded is the stored result of a run.
func (h Runs) recorded(c *gin.Context, run models.Run) (runs.ResultProps, error) {
	props := runs.ResultProps{T: h.Text(c), Script: run.Script, Level: 2, Timeout: models.MaxTimeout, AllowedToFail: run.Tolerated}
	if v, err := h.Services.Versions.Get(c.Request.Context(), run.ActionID, run.ActionVersion); err == nil && run.ActionVersion > 0 {
		props.Timeout, props.AllowedToFail = models.EffectiveTimeout(v.Timeout), v.AllowedToFail
	}
	if err := json.Unmarshal([]byte(run.Result), &props.Result); err != nil {
		return props, fmt.Errorf("read stored run: %w", err)
	}
	props.Result.ID = run.ID
	return props, nil
}

func (h Runs) result(c *gin.Context, id string) (*models.RunResult, error) {
	run, err := h.Services.Runs.Get(c.Request.Context(), id)
	if err != nil {
		return nil, err
	}
	props, err := h.recorded(c, run)
	return &props.Result, err
}

// newer is how many versions the action has had since the run; -1 is unknown.
func (h Runs) newer(c *gin.Context, run models.Run) int {
	if run.ActionID == "" || run.ActionVersion == 0 {
		return -1
	}
	action, err := h.Services.Actions.Get(c.Request.Context(), run.ActionID)
	if err != nil {
		return -1
	}
	return action.Version - run.ActionVersion
}

// compareURL is the result of a run next to that of the one before it.
func compareURL(o link.Org, id, previous string) string {
	if previous == "" {
		return ""
	}
	return link.Query(o.Run(id), "compare", previous, "in", "editor")
}
