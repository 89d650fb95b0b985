package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/overview"
)

// Overview answers the first page of an organization.
type Overview struct{ *Console }

// Show shows how the organization is doing.
func (h Overview) Show(c *gin.Context) error {
	ctx, org := c.Request.Context(), link.Org(Org(c).ID)
	page, err := h.Services.Actions.List(ctx, models.ActionFilter{})
	if err != nil {
		return err
	}
	usage, err := h.Services.Actions.Usage(ctx)
	if err != nil {
		return err
	}
	last, err := h.Services.Runs.Newest(ctx)
	if err != nil {
		return err
	}
	props := overview.Props{Actions: len(page.Actions), Triggers: len(models.Triggers()), Bound: countBound(usage),
		Notices: overview.Collect(page.Actions, usage, last, org.Action)}
	if err := h.countRuns(ctx, &props); err != nil {
		return err
	}
	for _, a := range page.Actions {
		if a.State != models.ActionActive {
			props.Inactive++
		}
	}
	if len(page.Actions) == 0 || props.Bound == 0 {
		props.Steps = []overview.Step{
			{Key: "overview.step_write", Href: org.NewAction(), Done: len(page.Actions) > 0},
			{Key: "overview.step_bind", Href: org.Flows(), Done: props.Bound > 0},
		}
	}
	return h.Answer(c, http.StatusOK, overview.Overview(h.Shell(c, layout.Overview, ""), props), nil)
}

// countRuns fills in the figures and the chart.
func (h Overview) countRuns(ctx context.Context, p *overview.Props) error {
	tallies, err := h.Services.Runs.Tallies(ctx, 24*time.Hour)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		p.Runs += t.Runs
		p.Failed += t.Failed
	}
	p.Days, err = h.Services.Runs.PerDay(ctx, 30)
	return err
}

// countBound counts the triggers that hold at least one action.
func countBound(usage map[string][]models.Trigger) int {
	bound := map[models.Slug]bool{}
	for _, triggers := range usage {
		for _, t := range triggers {
			bound[t.Slug] = true
		}
	}
	return len(bound)
}
