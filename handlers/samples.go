package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/runs"
)

// samples are the contexts to try scripts with: the built-in ones, then those
// that people saved. Keys start with the slug of the trigger.
func (h *Console) samples(c *gin.Context) ([]services.Sample, error) {
	list, err := h.Services.Scripts.Samples(c.Request.Context())
	if err != nil {
		return nil, err
	}
	own, err := h.Services.Samples.List(c.Request.Context())
	if err != nil {
		return nil, err
	}
	for _, s := range own {
		list = append(list, services.Sample{Key: sampleKey(s), Trigger: s.Trigger, Title: s.Name, JSON: json.RawMessage(s.Context)})
	}
	return list, nil
}

func sampleKey(s models.Sample) string { return string(s.Trigger) + "/own/" + s.ID }

// Sample answers with one context as JSON.
func (h Actions) Sample(c *gin.Context) error {
	samples, err := h.samples(c)
	if err != nil {
		return err
	}
	for _, s := range samples {
		if s.Key == c.Query("key") {
			c.Data(http.StatusOK, "application/json; charset=utf-8", s.JSON)
			return nil
		}
	}
	return models.NotFound(models.RuleContextInvalid, "This sample does not exist.")
}

// savedSample tells the page's script about a new sample, or why there is none.
type savedSample struct {
	Key     string `json:"key,omitempty"`
	Label   string `json:"label,omitempty"`
	Message string `json:"message"`
}

// SaveSample keeps the edited context under a name.
func (h Actions) SaveSample(c *gin.Context) error {
	form, err := Bind[actionForm](c)
	if err != nil {
		return err
	}
	t := h.Text(c)
	saved, err := h.Services.Samples.Set(c.Request.Context(), "", models.Slug(form.Trigger), form.SampleName, json.RawMessage(form.Context))
	faults, refused := Faults(t, err)
	if err != nil && !refused {
		return err
	}
	answer, status := savedSample{Message: t.S("actions.sample_saved", "name", saved.Name), Key: sampleKey(saved), Label: saved.Name}, http.StatusOK
	if refused {
		answer, status = savedSample{Message: faults[0].Message}, http.StatusUnprocessableEntity
	}
	if IsFragment(c) {
		c.JSON(status, answer)
		return nil
	}
	return h.showSaved(c, status, form, answer)
}

// showSaved answers a form that was posted: the editor with the sample chosen.
func (h Actions) showSaved(c *gin.Context, status int, form actionForm, answer savedSample) error {
	var action models.Action
	if form.Action != "" {
		var err error
		if action, err = h.Services.Actions.Get(c.Request.Context(), form.Action); err != nil {
			return err
		}
	}
	form.tidy(action.Script)
	if answer.Key != "" {
		form.Sample, form.Context = answer.Key, ""
		return Runs(h).showResult(c, status, action, form, runs.RegionProps{})
	}
	return Runs(h).showResult(c, status, action, form, runs.RegionProps{Fault: answer.Message})
}
