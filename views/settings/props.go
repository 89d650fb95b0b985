package settings

import (
	"strings"

	"flowbench/models"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// Props is what the page shows.
type Props struct {
	Org      string // address the groups are posted to
	Stop     string // address of the emergency stop
	Fields   Fields
	Active   int // actions that the emergency stop would deactivate
	MayWrite bool
	MayStop  bool
	Layers   []models.Layer
	Faults   ui.Faults
}

// Fields is the form as text, as typed or as stored.
type Fields struct {
	Name            string
	Label           string
	HoldChanges     string // "", "on" or "off"
	DefaultTimeout  string // seconds; "" is the default
	AllowedHosts    string // one per line
	RealCallsInTest bool
	RunsKeepFor     string // days; "" is the default
	StoreInputs     string
}

// about is the hint of a setting: what it does, its default and the API field.
func about(t text.T, key, field string) string {
	return strings.Join([]string{t.S(key + "_hint"), t.S("settings.api_field", "field", field)}, " ")
}

func holdOptions(t text.T) []ui.Option {
	return []ui.Option{{Value: "", Label: t.S("settings.hold_default")}, {Value: "on", Label: t.S("settings.hold_on")},
		{Value: "off", Label: t.S("settings.hold_off")}}
}

func inputOptions(t text.T) []ui.Option {
	return []ui.Option{{Value: string(models.StoreInputsMasked), Label: t.S("settings.inputs_masked")},
		{Value: string(models.StoreInputsNone), Label: t.S("settings.inputs_none")}}
}
