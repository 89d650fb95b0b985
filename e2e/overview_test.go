//go:build e2e

package e2e

import (
	"flowbench/models"
	"flowbench/services"
)

var overviewScreens = []screen{
	{"overview", nil, func(b *bench) {
		a := b.Action(b.t, models.ActionInput{Name: "bad", Script: "function bad() { throw 1 }"})
		b.Bind(b.t, models.PreUserinfo, a.ID)
		_, err := b.Services.Runs.RunAction(b.Context(), services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo})
		must(b.t, err)
		b.visit("/o/" + b.OrgID)
		b.heading("Overview")
		b.click(b.Page.GetByText("Show as table"))
	}},
	{"overview of a new organization", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID)
		b.heading("Overview")
	}},
}
