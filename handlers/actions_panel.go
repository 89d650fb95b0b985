package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/views/actions"
)

// recent is how many versions and runs the tools beside the script list.
const recent = 10

// editProps collects what the editor shows around a form.
func (h *Console) editProps(c *gin.Context, action models.Action, form actionForm) (actions.EditProps, error) {
	ctx := c.Request.Context()
	p := auth.From(ctx)
	props := actions.EditProps{Org: org(c), Action: action, Form: form.shown(), Limit: h.Services.ScriptLimit(), BaseURL: h.baseURL(c),
		DraftKey: "draft:" + p.UserID + ":" + p.OrgID + ":" + action.ID,
		CanWrite: p.Can(auth.ActionWrite), CanDelete: p.Can(auth.ActionDelete) && action.ID != "", CanTest: p.Can(auth.ActionTest)}
	usage, err := h.Services.Actions.Usage(ctx)
	if err != nil {
		return props, err
	}
	if action.ID != "" {
		props.UsedIn = usage[action.ID]
	}
	props.Panel, err = h.panel(c, action, form, props.UsedIn)
	return props, err
}

func (h *Console) panel(c *gin.Context, action models.Action, form actionForm, bound []models.Trigger) (actions.Panel, error) {
	panel := actions.Panel{Tab: "test", Trigger: models.Slug(form.Trigger), Sample: form.Sample, Context: form.Context,
		Real: form.HTTP == "HTTP_MODE_REAL", Stubs: form.Stubs, Replay: form.Replay}
	if panel.Trigger == "" {
		panel.Trigger = usualTrigger(bound)
	}
	samples, err := h.samples(c)
	if err != nil {
		return panel, err
	}
	for _, s := range samples {
		panel.Samples = append(panel.Samples, actions.Sample{Key: s.Key, Trigger: s.Trigger, Label: s.Title})
		if panel.Sample == "" && s.Trigger == panel.Trigger {
			panel.Sample = s.Key
		}
	}
	if action.ID == "" {
		return panel, nil
	}
	if tab := c.Query("tab"); tab == "versions" || tab == "runs" {
		panel.Tab = tab
	}
	return h.history(c, action.ID, panel)
}

// history adds the newest versions and runs.
func (h *Console) history(c *gin.Context, id string, panel actions.Panel) (actions.Panel, error) {
	versions, err := h.Services.Versions.List(c.Request.Context(), id)
	if err != nil {
		return panel, err
	}
	panel.Versions = versions[:min(recent, len(versions))]
	panel.Runs, err = h.Services.Runs.List(c.Request.Context(), models.RunFilter{ActionID: id, Limit: recent})
	return panel, err
}

// usualTrigger is what a script is tried with at first.
func usualTrigger(bound []models.Trigger) models.Slug {
	if len(bound) > 0 {
		return bound[0].Slug
	}
	return models.PreUserinfo
}

// Check answers with the problems of a script as JSON.
func (h Actions) Check(c *gin.Context) error {
	form, err := Bind[actionForm](c)
	if err != nil {
		return err
	}
	result, err := h.Services.Scripts.Check(c.Request.Context(),
		services.CheckRequest{Name: form.Name, Script: form.Script, Trigger: models.Slug(form.Trigger)})
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, result)
	return nil
}
