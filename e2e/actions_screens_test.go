//go:build e2e

package e2e

import (
	"strings"

	"github.com/playwright-community/playwright-go"

	"flowbench/models"
)

// actionScreens are the pages of actions, versions and runs in their states.
var actionScreens = []screen{
	{"actions", nil, func(b *bench) {
		b.someActions()
		b.visit("/o/" + b.OrgID + "/actions")
		b.visible(b.role("table", "Actions"))
	}},
	{"actions empty", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/actions")
		b.visible(b.Page.GetByText("No actions yet."))
	}},
	{"actions without a match", nil, func(b *bench) {
		b.someActions()
		b.visit("/o/" + b.OrgID + "/actions?q=nothing")
		b.visible(b.link("Clear filters"))
	}},
	{"delete action", []option{expectNoise("422")}, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/actions/" + b.someActions().ID + "/delete")
		b.fill(b.field("Name of the action"), "another")
		b.click(b.button("Delete setTier"))
		b.visible(b.role("heading", "1 thing to fix"))
	}},
	{"new action", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/actions/new?example=fetchDepartment")
		b.visible(b.script("fetchDepartment"))
		b.run("Succeeded in")
	}},
	{"new action refused", []option{expectNoise("422")}, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/actions/new")
		b.fill(b.field("Name"), "")
		b.fill(b.role("spinbutton", "Timeout in seconds"), "30")
		b.click(b.button("Create"))
		b.visible(b.role("heading", "2 things to fix"))
	}},
	{"editor", nil, func(b *bench) {
		b.editor(b.someActions())
		b.visible(b.button("No problems"))
	}},
	{"editor with a result", nil, func(b *bench) {
		b.editor(b.someActions())
		b.run("Succeeded in")
	}},
	{"editor with a failure", nil, func(b *bench) {
		b.editor(b.someActions())
		b.fill(b.script("setTier"), script("setTier", "const user = null", "api.v1.claims.setClaim('a', user.name)"))
		b.run("Failed in")
	}},
	{"editor with problems", nil, func(b *bench) {
		b.editor(b.someActions())
		b.fill(b.script("setTier"), "function setTier( {\n")
		b.click(b.button("1 problem"))
		b.visible(b.Page.GetByText("syntax: "))
	}},
	{"editor conflict", []option{expectNoise("409")}, func(b *bench) { b.conflicting() }},
	{"editor merge", []option{expectNoise("409")}, func(b *bench) {
		b.conflicting()
		b.click(b.button("Merge by hand"))
		b.visible(b.role("dialog", "Merge by hand"))
	}},
	{"editor draft", nil, func(b *bench) {
		a := b.someActions()
		b.editor(a)
		b.fill(b.script("setTier"), script("setTier", "// not saved"))
		_, err := b.Page.WaitForFunction(draftKept, nil)
		must(b.t, err)
		b.reopen()
		b.editor(a)
		b.visible(b.button("Restore"))
	}},
	{"editor copy as", nil, func(b *bench) {
		b.editor(b.someActions())
		b.click(b.button("More"))
		b.click(b.role("menuitem", "Copy as"))
		b.visible(b.role("dialog", "Copy setTier as"))
	}},
	{"editor completion", nil, func(b *bench) {
		b.editor(b.someActions())
		must(b.t, b.script("setTier").Press("Control+Home"))
		must(b.t, b.Page.Keyboard().Type("ctx.v1."))
		b.visible(b.Page.GetByRole("option", playwright.PageGetByRoleOptions{Name: "getUser"}))
	}},
	{"versions", nil, func(b *bench) {
		a := b.someActions()
		in := a.Input()
		in.Script, in.AllowedToFail = strings.Replace(in.Script, "gold", "silver", 1), true
		_, err := b.Services.Actions.Update(b.Context(), a.ID, in, nil)
		must(b.t, err)
		b.visit("/o/" + b.OrgID + "/actions/" + a.ID + "/versions")
		b.visible(b.region("Compare versions"))
	}},
	{"version", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/actions/" + b.someActions().ID + "/versions/1")
		b.heading("setTier: version 1")
	}},
	{"runs", nil, func(b *bench) {
		b.editor(b.someActions())
		b.run("Succeeded in")
		b.visit("/o/" + b.OrgID + "/runs")
		b.visible(b.role("table", "Runs"))
	}},
	{"runs empty", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/runs")
		b.visible(b.Page.GetByText("No runs yet."))
	}},
	{"run", nil, func(b *bench) {
		b.editor(b.someActions())
		b.run("Succeeded in")
		b.click(b.link("Open this run"))
		b.visible(b.link("Replay in editor"))
	}},
}

// conflicting saves what somebody else has changed in the meantime.
func (b *bench) conflicting() {
	b.t.Helper()
	a := b.someActions()
	b.editor(a)
	in := a.Input()
	in.Script = script("setTier", "// theirs")
	_, err := b.Services.Actions.Update(b.Context(), a.ID, in, nil)
	must(b.t, err)
	b.fill(b.script("setTier"), script("setTier", "// mine"))
	b.click(b.button("Save"))
	b.visible(b.role("dialog", "Somebody else saved in the meantime"))
	b.saveState("Not saved: somebody else saved in the meantime")
}

// someActions makes three actions and returns the one that the screens show.
func (b *bench) someActions() models.Action {
	b.t.Helper()
	a := b.Action(b.t, models.ActionInput{Name: "setTier", Script: script("setTier",
		"const log = require('zitadel/log')", "log.log('hello')", "log.warn('careful')",
		"api.v1.claims.setClaim('tier', 'gold')", "api.v1.claims.setClaim('groups', ctx.v1.user.grants.grants.map((g) => g.projectName))")})
	off := b.Action(b.t, models.ActionInput{Name: "legacyAudit"})
	b.Action(b.t, models.ActionInput{Name: "anActionWithALongNameThatDoesNotFitOnOneLineOfAPhone", AllowedToFail: true})
	b.Bind(b.t, models.PreUserinfo, a.ID, off.ID)
	_, err := b.Services.Actions.Deactivate(b.Context(), off.ID)
	must(b.t, err)
	return a
}
