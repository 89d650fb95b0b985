package handlers

import (
	"strconv"
	"strings"
	"time"

	"flowbench/models"
	"flowbench/views/settings"
	"flowbench/views/text"
	"flowbench/views/ui"
)

const (
	groupOrganization = "organization"
	day               = 24 * time.Hour
	maxKeepDays       = 36500
)

// settingsForm is one group of the settings; the fields of the others are
// empty.
type settingsForm struct {
	Group           string `form:"group"`
	Name            string `form:"name"`
	Label           string `form:"label"`
	HoldChanges     string `form:"holdChanges"`
	DefaultTimeout  string `form:"defaultTimeout"`
	AllowedHosts    string `form:"allowedHosts"`
	RealCallsInTest string `form:"realCallsInTest"`
	RunsKeepFor     string `form:"runsKeepFor"`
	StoreInputs     string `form:"storeInputs"`
}

// into puts the group into the fields to show and the settings to store.
func (f settingsForm) into(t text.T, fields *settings.Fields, v *models.Settings) ui.Faults {
	switch f.Group {
	case groupOrganization:
		fields.Name, fields.Label = f.Name, f.Label
		v.Label = strings.TrimSpace(f.Label)
	case "flows":
		fields.HoldChanges = f.HoldChanges
		v.HoldChanges = nil
		if on := f.HoldChanges == "on"; on || f.HoldChanges == "off" {
			v.HoldChanges = &on
		}
	case "scripts":
		return f.scripts(t, fields, v)
	case "runs":
		return f.runs(t, fields, v)
	default:
		return ui.Faults{{Message: t.S("error.form")}}
	}
	return nil
}

func (f settingsForm) scripts(t text.T, fields *settings.Fields, v *models.Settings) ui.Faults {
	fields.DefaultTimeout, fields.AllowedHosts, fields.RealCallsInTest = f.DefaultTimeout, f.AllowedHosts, f.RealCallsInTest != ""
	v.AllowedHosts, v.RealCallsInTest, v.DefaultTimeout = strings.Fields(f.AllowedHosts), f.RealCallsInTest != "", 0
	if strings.TrimSpace(f.DefaultTimeout) == "" {
		return nil
	}
	timeout, err := parseSeconds(f.DefaultTimeout)
	if err != nil {
		return ui.Faults{{Field: "defaultTimeout", Message: t.S("settings.timeout_number")}}
	}
	v.DefaultTimeout = timeout
	return nil
}

func (f settingsForm) runs(t text.T, fields *settings.Fields, v *models.Settings) ui.Faults {
	fields.RunsKeepFor, fields.StoreInputs = f.RunsKeepFor, f.StoreInputs
	v.StoreInputs, v.RunsKeepFor = models.StoreInputs(f.StoreInputs), 0
	if strings.TrimSpace(f.RunsKeepFor) == "" {
		return nil
	}
	days, err := strconv.Atoi(strings.TrimSpace(f.RunsKeepFor))
	if err != nil || days < 1 || days > maxKeepDays {
		return ui.Faults{{Field: "runsKeepFor", Message: t.S("settings.keep_number")}}
	}
	v.RunsKeepFor = time.Duration(days) * day
	return nil
}

// settingsFields writes stored settings the way people type them.
func settingsFields(name string, v models.Settings) settings.Fields {
	f := settings.Fields{Name: name, Label: v.Label, AllowedHosts: strings.Join(v.AllowedHosts, "\n"), RealCallsInTest: v.RealCallsInTest,
		StoreInputs: string(v.StoreInputs)}
	if f.StoreInputs == "" {
		f.StoreInputs = string(models.StoreInputsMasked)
	}
	if v.HoldChanges != nil {
		f.HoldChanges = map[bool]string{true: "on", false: "off"}[*v.HoldChanges]
	}
	if v.DefaultTimeout > 0 {
		f.DefaultTimeout = formatSeconds(v.DefaultTimeout)
	}
	if v.RunsKeepFor > 0 {
		// Part days are from the API; a person sees them rounded up.
		f.RunsKeepFor = strconv.Itoa(int((v.RunsKeepFor + day - 1) / day))
	}
	return f
}
