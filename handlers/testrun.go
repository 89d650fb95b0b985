package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/runs"
)

var errStubs = models.Invalid(models.RuleContextInvalid, "stubs", "The answers must be a JSON list.")

// Test runs the text of the editor, saved or not, and shows the result: alone
// for a script, else on the page of the editor.
func (h Runs) Test(c *gin.Context) error {
	form, err := Bind[actionForm](c)
	if err != nil {
		return err
	}
	var action models.Action
	if form.Action != "" {
		if action, err = h.Services.Actions.Get(c.Request.Context(), form.Action); err != nil {
			return err
		}
	}
	form.tidy(action.Script)
	result, err := h.run(c, action, form)
	if err == nil {
		return h.showResult(c, http.StatusOK, action, form, runs.RegionProps{Result: result})
	}
	faults, ok := Faults(h.Text(c), err)
	if !ok {
		return err
	}
	return h.showResult(c, http.StatusUnprocessableEntity, action, form, runs.RegionProps{Fault: faults[0].Message})
}

// run asks for the run that the form describes.
func (h Runs) run(c *gin.Context, action models.Action, form actionForm) (*runs.ResultProps, error) {
	req, err := h.request(c, action, form)
	if err != nil {
		return nil, err
	}
	result, err := h.Services.Runs.RunAction(c.Request.Context(), req)
	if err != nil {
		return nil, err
	}
	props := &runs.ResultProps{T: h.Text(c), Result: result, Script: form.Script, Level: 3, InEditor: true,
		Timeout: models.EffectiveTimeout(req.Timeout), AllowedToFail: req.AllowedToFail,
		CompareURL: compareURL(org(c), result.ID, form.Previous), RunURL: org(c).Run(result.ID)}
	if form.Replay != "" {
		props.Previous, err = h.result(c, form.Replay)
	}
	return props, err
}

// request is the run of the form. A text that equals the saved one runs as the
// saved version, so that the run can say which one it was.
func (h Runs) request(c *gin.Context, action models.Action, form actionForm) (services.RunActionRequest, error) {
	timeout, err := parseSeconds(form.Timeout)
	if err != nil {
		return services.RunActionRequest{}, models.Invalid(models.RuleTimeoutRange, "timeout", h.Text(c).S("actions.timeout_number"))
	}
	req := services.RunActionRequest{ActionID: action.ID, Name: form.Name, Script: form.Script, Timeout: timeout,
		AllowedToFail: form.AllowedToFail != "", Trigger: models.Slug(form.Trigger)}
	typed := models.ActionInput{Name: req.Name, Script: req.Script, Timeout: req.Timeout, AllowedToFail: req.AllowedToFail}
	if action.ID != "" && typed == action.Input() {
		req.Name, req.Script = "", ""
	}
	if form.HTTP == "HTTP_MODE_REAL" {
		req.HTTP.Mode = "HTTP_MODE_REAL"
	}
	if form.Stubs != "" && json.Unmarshal([]byte(form.Stubs), &req.HTTP.Stubs) != nil {
		return req, errStubs
	}
	req.Context, err = h.context(c, form)
	return req, err
}

// context is the edited context, or the chosen sample if it fits the trigger.
func (h Runs) context(c *gin.Context, form actionForm) (json.RawMessage, error) {
	if form.Context != "" {
		return json.RawMessage(form.Context), nil
	}
	samples, err := h.samples(c)
	if err != nil {
		return nil, err
	}
	for _, s := range samples {
		if s.Key == form.Sample && s.Trigger == models.Slug(form.Trigger) {
			return s.JSON, nil
		}
	}
	return nil, nil
}

// showResult answers with the place of the result alone, or with the editor.
func (h Runs) showResult(c *gin.Context, status int, action models.Action, form actionForm, region runs.RegionProps) error {
	if IsFragment(c) {
		return h.render(c, status, runs.Region(h.Text(c), region))
	}
	props, err := h.editProps(c, action, form)
	if err != nil {
		return err
	}
	props.Panel.Result, props.Panel.Fault = region.Result, region.Fault
	return Actions(h).renderEditor(c, status, props, nil)
}
