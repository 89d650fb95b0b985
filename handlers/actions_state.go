package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/layout"
	"flowbench/views/ui"
)

// Deactivate makes flows skip the action.
func (h Actions) Deactivate(c *gin.Context) error {
	return h.turn(c, h.Services.Actions.Deactivate, "actions.deactivated")
}

// Reactivate makes flows run the action again.
func (h Actions) Reactivate(c *gin.Context) error {
	return h.turn(c, h.Services.Actions.Reactivate, "actions.activated")
}

// turn changes the state. That it is as wanted already is as good.
func (h Actions) turn(c *gin.Context, change func(context.Context, string) (models.Action, error), message string) error {
	action, err := change(c.Request.Context(), c.Param("id"))
	switch models.RuleOf(err) {
	case models.RuleActionNotActive, models.RuleActionNotInactive:
		action, err = h.Services.Actions.Get(c.Request.Context(), c.Param("id"))
	}
	if err != nil {
		return err
	}
	said := h.Text(c).S(message, "name", action.Name)
	if !IsFragment(c) {
		if c.PostForm("back") == "list" {
			return h.Redirect(c, org(c).Actions(), said)
		}
		return h.Redirect(c, org(c).Action(action.ID), said)
	}
	props, err := h.editProps(c, action, stored(action))
	if err != nil {
		return err
	}
	Announce(c, said)
	return h.Answer(c, http.StatusOK, actions.EditHead(h.Text(c), props), actions.EditHead(h.Text(c), props))
}

// AskDelete is the question before an action is deleted.
func (h Actions) AskDelete(c *gin.Context) error {
	if _, err := auth.Require(c.Request.Context(), auth.ActionDelete); err != nil {
		return err
	}
	row, err := h.row(c)
	if err != nil {
		return err
	}
	return h.askDelete(c, http.StatusOK, row, "")
}

// Delete removes the action. One that sign-ins use must be named.
func (h Actions) Delete(c *gin.Context) error {
	row, err := h.row(c)
	if err != nil {
		return err
	}
	t := h.Text(c)
	if row.Live() && c.PostForm("confirm") != row.Action.Name {
		return h.askDelete(c, http.StatusUnprocessableEntity, row, t.S("actions.delete_mismatch"))
	}
	if err := h.Services.Actions.Delete(c.Request.Context(), row.Action.ID); err != nil {
		return err
	}
	return h.Redirect(c, org(c).ActionDeleted(row.Action.ID), t.S("actions.deleted", "name", row.Action.Name))
}

// Undelete brings a deleted action back, with its places in the flows where
// nobody has changed them since.
func (h Actions) Undelete(c *gin.Context) error {
	action, err := h.Services.Actions.Undelete(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.Redirect(c, org(c).Action(action.ID), h.Text(c).S("actions.undeleted", "name", action.Name))
}

func (h Actions) askDelete(c *gin.Context, status int, row actions.Row, fault string) error {
	title := h.Text(c).S("actions.delete_name", "name", row.Action.Name)
	shell := h.Shell(c, layout.Actions, title)
	shell.Crumbs = []layout.Crumb{{Label: shell.T.S("actions.title"), Href: org(c).Actions()},
		{Label: row.Action.Name, Href: org(c).Action(row.Action.ID)}, {Label: shell.T.S("common.delete")}}
	props := actions.DeleteProps{Org: org(c), Row: row}
	if fault != "" {
		props.Faults = ui.Faults{{Field: "confirm-" + row.Action.ID, Message: fault}}
	}
	return h.Answer(c, status, actions.Delete(shell, props), nil)
}

// row is the action of the address with the triggers it is bound to.
func (h Actions) row(c *gin.Context) (actions.Row, error) {
	action, err := h.Services.Actions.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return actions.Row{}, err
	}
	usage, err := h.Services.Actions.Usage(c.Request.Context())
	return actions.Row{Action: action, UsedIn: usage[action.ID]}, err
}
