package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// newName is the name that the form for a new action starts with.
const newName = "newAction"

// New shows the form for a new action: blank, from an example, or from another
// action.
func (h Actions) New(c *gin.Context) error {
	if _, err := auth.Require(c.Request.Context(), auth.ActionWrite); err != nil {
		return err
	}
	// A failing action can lock out a whole organization, so the form starts
	// with the harmless choice; the API's default stays false.
	settings, err := h.Services.Settings.Get(c.Request.Context())
	if err != nil {
		return err
	}
	form := actionForm{Name: newName, Timeout: formatSeconds(settings.NewActionTimeout()), AllowedToFail: "on",
		Script: "function " + newName + "(ctx, api) {\n  \n}\n", Trigger: string(models.PreUserinfo)}
	if e, ok := actions.ExampleByName(c.Query("example")); ok {
		form.Name, form.Script, form.Trigger, form.Stubs = e.Name, e.Script, string(e.Trigger), e.Stub
	}
	if from := c.Query("from"); from != "" {
		a, err := h.Services.Actions.Get(c.Request.Context(), from)
		if err != nil {
			return err
		}
		form = h.copyOf(h.Text(c), a)
	}
	return h.showNew(c, http.StatusOK, form, nil)
}

// copyOf is the form for a copy of an action, its function renamed with it.
func (h Actions) copyOf(t text.T, a models.Action) actionForm {
	form := stored(a)
	form.Action, form.Sequence, form.Trigger = "", nil, string(models.PreUserinfo)
	form.Name = t.S("actions.copy_name", "name", a.Name)
	form.Script = renamed(a.Script, a.Name, form.Name)
	return form
}

// Create stores a new action.
func (h Actions) Create(c *gin.Context) error {
	form, err := Bind[actionForm](c)
	if err != nil {
		return err
	}
	form.tidy("")
	t := h.Text(c)
	in, faults := form.input(t, h.Services.ScriptLimit())
	if len(faults) > 0 {
		return h.showNew(c, http.StatusUnprocessableEntity, form, faults)
	}
	action, err := h.Services.Actions.Create(c.Request.Context(), in)
	if faults, ok := nameFaults(t, err); ok {
		return h.showNew(c, http.StatusUnprocessableEntity, form, faults)
	}
	if err != nil {
		return err
	}
	return h.Redirect(c, org(c).Action(action.ID), t.S("actions.created", "name", action.Name))
}

func (h Actions) showNew(c *gin.Context, status int, form actionForm, faults ui.Faults) error {
	props, err := h.editProps(c, models.Action{}, form)
	if err != nil {
		return err
	}
	return h.renderEditor(c, status, props, faults)
}

// nameFaults turns a taken name into a message at its field.
func nameFaults(t text.T, err error) (ui.Faults, bool) {
	if models.RuleOf(err) != models.RuleActionNameTaken {
		return nil, false
	}
	return ui.Faults{{Field: "name", Message: Sentence(t, err)}}, true
}

// Show shows the editor.
func (h Actions) Show(c *gin.Context) error {
	action, err := h.Services.Actions.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	form := stored(action)
	if id := c.Query("run"); id != "" {
		run, err := h.Services.Runs.Get(c.Request.Context(), id)
		if err != nil {
			return err
		}
		form.Trigger, form.Context, form.Replay = string(run.Trigger), run.Input, run.ID
	}
	props, err := h.editProps(c, action, form)
	if err != nil {
		return err
	}
	return h.renderEditor(c, http.StatusOK, props, nil)
}

// renderEditor answers with the editor of a new or of a stored action; faults
// are those of its fields.
func (h Actions) renderEditor(c *gin.Context, status int, props actions.EditProps, faults ui.Faults) error {
	t := h.Text(c)
	props.Faults = faults
	if props.SaveState == "" {
		props.SaveState = t.S("actions.js.all_saved")
	}
	if len(faults) > 0 {
		props.SaveState = t.S("actions.js.not_saved", "reason", t.S("actions.reason.fields", "n", len(faults)))
	}
	if props.Action.ID == "" {
		shell := h.editorShell(c, t.S("actions.new"), t.S("actions.new"))
		return h.Answer(c, status, actions.New(shell, props), nil)
	}
	shell := h.editorShell(c, props.Action.Name, props.Action.Name)
	return h.Answer(c, status, actions.Edit(shell, props), actions.Saved(t, props))
}
