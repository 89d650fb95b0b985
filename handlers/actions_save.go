package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/actions"
	"flowbench/views/ui"
)

// Save stores the fields of the editor. It refuses when somebody else has saved
// in the meantime, and asks before a live action stops parsing.
func (h Actions) Save(c *gin.Context) error {
	form, err := Bind[actionForm](c)
	if err != nil {
		return err
	}
	action, err := h.Services.Actions.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	form.tidy(action.Script)
	t := h.Text(c)
	in, faults := form.input(t, h.Services.ScriptLimit())
	if len(faults) > 0 {
		return h.refuse(c, action, form, faults, nil)
	}
	if form.Anyway == "" {
		question, err := h.askSyntax(c, action, in)
		if err != nil || question != nil {
			return orRefuse(err, func() error { return h.refuse(c, action, form, nil, question) })
		}
	}
	saved, err := h.Services.Actions.Update(c.Request.Context(), action.ID, in, form.expect())
	return h.saved(c, action, form, saved, err)
}

// saved answers a save by how it went.
func (h Actions) saved(c *gin.Context, before models.Action, form actionForm, after models.Action, err error) error {
	t := h.Text(c)
	if faults, ok := nameFaults(t, err); ok {
		return h.refuse(c, before, form, faults, nil)
	}
	switch models.RuleOf(err) {
	case models.RuleSequenceConflict:
		return h.conflict(c, form)
	case models.RuleActionNoChanges:
		after, err = before, nil
	}
	if err != nil {
		return err
	}
	if !IsFragment(c) {
		return h.Redirect(c, org(c).Action(after.ID), t.S("common.saved"))
	}
	form.Sequence = stored(after).Sequence
	props, err := h.editProps(c, after, form)
	if err != nil {
		return err
	}
	return h.renderEditor(c, http.StatusOK, props, nil)
}

func orRefuse(err error, refuse func() error) error {
	if err != nil {
		return err
	}
	return refuse()
}

// refuse shows the editor with what was typed, and why it was not saved.
func (h Actions) refuse(c *gin.Context, action models.Action, form actionForm, faults ui.Faults, question *actions.Question) error {
	props, err := h.editProps(c, action, form)
	if err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if question != nil {
		t := h.Text(c)
		reason := t.S("actions.reason.syntax")
		if question.Theirs != nil {
			reason, status = t.S("actions.reason.conflict"), http.StatusConflict
		}
		props.Question, props.SaveState = question, t.S("actions.js.not_saved", "reason", reason)
	}
	return h.renderEditor(c, status, props, faults)
}

// askSyntax returns the question before a script that does not parse goes live,
// or nil. When scripts cannot be checked there is no question: the save is the
// person's decision.
func (h Actions) askSyntax(c *gin.Context, action models.Action, in models.ActionInput) (*actions.Question, error) {
	if action.State != models.ActionActive || in.Script == action.Script {
		return nil, nil
	}
	usage, err := h.Services.Actions.Usage(c.Request.Context())
	if err != nil || len(usage[action.ID]) == 0 {
		return nil, err
	}
	check, err := h.Services.Scripts.Check(c.Request.Context(), services.CheckRequest{Name: in.Name, Script: in.Script})
	if err != nil || check.Parses {
		return nil, nil //nolint:nilerr // see the comment above
	}
	t := h.Text(c)
	return &actions.Question{ID: "question", Title: t.S("actions.syntax_title"), Text: t.S("actions.syntax_text"),
		Confirm: t.S("actions.save_anyway"), Field: "anyway"}, nil
}

// conflict shows both texts and asks which one counts.
func (h Actions) conflict(c *gin.Context, form actionForm) error {
	action, err := h.Services.Actions.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	theirs, err := h.Services.Versions.Get(c.Request.Context(), action.ID, action.Version)
	if err != nil {
		return err
	}
	t := h.Text(c)
	return h.refuse(c, action, form, nil, &actions.Question{ID: "question", Title: t.S("actions.conflict_title"),
		Text: t.S("actions.conflict_text", "name", theirs.ByName, "n", theirs.Number), Confirm: t.S("actions.keep_mine"), Theirs: &theirs})
}
