package handlers

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/layout"
	"flowbench/views/link"
)

// Versions answers the saved states of an action.
type Versions struct{ *Console }

// versionsForm is the query of the list: what to compare, and the version whose
// restoring must be confirmed.
type versionsForm struct {
	A   int `form:"a"`
	B   int `form:"b"`
	Ask int `form:"ask"`
}

// List shows all versions and compares the two that are chosen, at first the
// two newest.
func (h Versions) List(c *gin.Context) error {
	form, err := Bind[versionsForm](c)
	if err != nil {
		return err
	}
	props, err := h.versions(c)
	if err != nil {
		return err
	}
	if form.A == 0 && form.B == 0 && len(props.Rows) > 1 {
		form.A, form.B = props.Rows[1].Number, props.Rows[0].Number
	}
	props.A, props.B, props.Ask = pick(props.Rows, form.A), pick(props.Rows, form.B), form.Ask
	t := h.Text(c)
	shell := h.editorShell(c, t.S("actions.versions_title", "name", props.Action.Name), t.S("actions.versions"))
	shell.Crumbs = h.versionCrumbs(shell, props.Action)
	return h.Answer(c, http.StatusOK, actions.Versions(shell, props), actions.Comparison(t, props))
}

// Show shows one version next to the one before it.
func (h Versions) Show(c *gin.Context) error {
	n, err := versionNumber(c)
	if err != nil {
		return err
	}
	props, err := h.versions(c)
	if err != nil {
		return err
	}
	version := pick(props.Rows, n)
	if version == nil {
		return models.NotFound(models.RuleVersionNotFound, "This version does not exist.")
	}
	props.A, props.B = pick(props.Rows, n-1), version
	t := h.Text(c)
	shell := h.editorShell(c, t.S("actions.version_title", "name", props.Action.Name, "n", n), "")
	shell.Crumbs = append(h.versionCrumbs(shell, props.Action), layout.Crumb{Label: t.S("actions.version_n", "n", n)})
	shell.Crumbs[2].Href = org(c).Versions(props.Action.ID)
	return h.Answer(c, http.StatusOK, actions.Version(shell, actions.VersionProps{VersionsProps: props, Version: *version}), nil)
}

// Restore makes an earlier version the newest. An action that sign-ins use is
// asked about first.
func (h Versions) Restore(c *gin.Context) error {
	n, err := versionNumber(c)
	if err != nil {
		return err
	}
	props, err := h.versions(c)
	if err != nil {
		return err
	}
	list := org(c).Versions(props.Action.ID)
	if props.Live() && c.PostForm("sure") == "" {
		return h.Redirect(c, link.Query(list, "ask", strconv.Itoa(n)), "")
	}
	action, err := h.Services.Versions.Restore(c.Request.Context(), props.Action.ID, n)
	if models.RuleOf(err) == models.RuleActionNoChanges {
		return h.Redirect(c, list, Sentence(h.Text(c), err))
	}
	if err != nil {
		return err
	}
	return h.Redirect(c, org(c).Action(action.ID), h.Text(c).S("actions.restored", "n", n))
}

// versions is what all these pages show.
func (h Versions) versions(c *gin.Context) (actions.VersionsProps, error) {
	props := actions.VersionsProps{Org: org(c), CanWrite: auth.From(c.Request.Context()).Can(auth.ActionWrite)}
	row, err := Actions(h).row(c)
	if err != nil {
		return props, err
	}
	props.Action, props.UsedIn = row.Action, row.UsedIn
	list, err := h.Services.Versions.List(c.Request.Context(), row.Action.ID)
	if err != nil {
		return props, err
	}
	for i, v := range list {
		r := actions.VersionRow{ActionVersion: v}
		before := ""
		if i+1 < len(list) {
			before = list[i+1].Script
		}
		r.Added, r.Removed = actions.DiffSize(before, v.Script)
		props.Rows = append(props.Rows, r)
	}
	return props, nil
}

func pick(rows []actions.VersionRow, n int) *models.ActionVersion {
	for _, row := range rows {
		if row.Number == n {
			return &row.ActionVersion
		}
	}
	return nil
}

func (h Versions) versionCrumbs(shell layout.Shell, a models.Action) []layout.Crumb {
	o := link.Org(shell.Org.ID)
	return []layout.Crumb{{Label: shell.T.S("actions.title"), Href: o.Actions()}, {Label: a.Name, Href: o.Action(a.ID)},
		{Label: shell.T.S("actions.versions")}}
}
