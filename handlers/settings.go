package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/settings"
	"flowbench/views/ui"
)

// Settings answers the page of an organization's settings.
type Settings struct{ *Console }

// Show shows the settings.
func (h Settings) Show(c *gin.Context) error {
	v, err := h.Services.Settings.Get(c.Request.Context())
	if err != nil {
		return err
	}
	return h.page(c, http.StatusOK, settingsFields(Org(c).Name, v), nil)
}

// page shows the form with what is given, stored or typed.
func (h Settings) page(c *gin.Context, status int, fields settings.Fields, faults ui.Faults) error {
	ctx, org := c.Request.Context(), link.Org(Org(c).ID)
	principal := auth.From(ctx)
	props := settings.Props{Org: org.Settings(), Stop: org.EmergencyStop(), Fields: fields, Faults: faults,
		MayWrite: principal.Can(auth.OrgWrite), MayStop: principal.Can(auth.OrgWrite) && principal.Can(auth.ActionWrite)}
	var err error
	if props.MayStop {
		if props.Active, err = h.active(ctx); err != nil {
			return err
		}
	}
	props.Layers, err = h.Services.Scripts.Layers(ctx)
	if err != nil && models.KindOf(err) != models.KindUnavailable {
		return err
	}
	return h.Answer(c, status, settings.Settings(h.Shell(c, layout.Settings, ""), props), nil)
}

// active counts the actions that flows run.
func (h Settings) active(ctx context.Context) (int, error) {
	state := models.ActionActive
	page, err := h.Services.Actions.List(ctx, models.ActionFilter{Queries: []models.ActionQuery{{State: &state}}, Limit: 1})
	return int(page.Total), err
}

// Save stores one group of the settings; the others stay as they are.
func (h Settings) Save(c *gin.Context) error {
	form, err := Bind[settingsForm](c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	stored, err := h.Services.Settings.Get(ctx)
	if err != nil {
		return err
	}
	fields, next := settingsFields(Org(c).Name, stored), stored
	faults := form.into(h.Text(c), &fields, &next)
	if len(faults) == 0 {
		faults, err = h.store(c, form, next)
	}
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return h.page(c, http.StatusUnprocessableEntity, fields, faults)
	}
	return h.Redirect(c, link.Org(Org(c).ID).Settings(), h.Text(c).S("common.saved"))
}

func (h Settings) store(c *gin.Context, form settingsForm, next models.Settings) (ui.Faults, error) {
	ctx := c.Request.Context()
	if form.Group == groupOrganization && form.Name != Org(c).Name {
		if _, err := h.Services.Orgs.Rename(ctx, form.Name); err != nil {
			return h.faults(c, err)
		}
	}
	if _, err := h.Services.Settings.Update(ctx, next); err != nil {
		return h.faults(c, err)
	}
	return nil, nil
}

func (h Settings) faults(c *gin.Context, err error) (ui.Faults, error) {
	if faults, ok := Faults(h.Text(c), err); ok {
		return faults, nil
	}
	return nil, err
}

// Stop deactivates all actions, if the name of the organization was typed.
func (h Settings) Stop(c *gin.Context) error {
	ctx, org, t := c.Request.Context(), Org(c), h.Text(c)
	if c.PostForm("confirm") != org.Name {
		stored, err := h.Services.Settings.Get(ctx)
		if err != nil {
			return err
		}
		return h.page(c, http.StatusUnprocessableEntity, settingsFields(org.Name, stored),
			ui.Faults{{Field: "confirm", Message: t.S("settings.stop_name", "name", org.Name)}})
	}
	n, err := h.Services.Actions.DeactivateAll(ctx)
	if err != nil {
		return err
	}
	return h.Redirect(c, link.Org(org.ID).Settings(), t.S("settings.stopped", "n", n))
}
