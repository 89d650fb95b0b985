package actions

import (
	"flowbench/models"
	"flowbench/views/link"
	"flowbench/views/runs"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// Form is the state of the fields, exactly as typed. Sequence is the state of
// the action that the person has seen.
type Form struct {
	Name          string
	Timeout       string
	AllowedToFail bool
	Script        string
	Sequence      uint64
}

// Sample is one context that a script can be tried with.
type Sample struct {
	Key     string
	Trigger models.Slug
	Label   string
}

// Panel is the state of the test bench.
type Panel struct {
	Tab      string // "test", "versions" or "runs"
	Trigger  models.Slug
	Sample   string
	Samples  []Sample
	Context  string // edited JSON, "" for the sample as it is
	Real     bool   // HTTP calls really go out
	Stubs    string // JSON list of answers
	Fault    string // what was wrong with context or answers
	Result   *runs.ResultProps
	Replay   string                 // id of the recorded run whose input this is
	Versions []models.ActionVersion // the newest few
	Runs     []models.Run           // the newest few
}

// Question is what must be answered before the action is saved.
type Question struct {
	ID      string // of the dialog
	Title   string
	Text    string
	Confirm string // label of the button that saves anyway
	Field   string // name of the field that carries the answer
	Theirs  *models.ActionVersion
}

// EditProps is what the editor shows. An action without an id is a new one.
type EditProps struct {
	Org       link.Org
	Action    models.Action
	Form      Form
	Faults    ui.Faults
	UsedIn    []models.Trigger
	Limit     int // code points of a script
	SaveState string
	Question  *Question
	Panel     Panel
	DraftKey  string
	BaseURL   string // of this server, for lines to copy
	CanWrite  bool
	CanDelete bool
	CanTest   bool
}

func (p EditProps) isNew() bool { return p.Action.ID == "" }

// address is where the form is posted to.
func (p EditProps) address() string {
	if p.isNew() {
		return p.Org.Actions()
	}
	return p.Org.Action(p.Action.ID)
}

// tab is the address of the page with another tab.
func (p EditProps) tab(name string) string {
	if name == "test" {
		return p.here()
	}
	return link.Query(p.here(), "tab", name)
}

func (p EditProps) here() string {
	if p.isNew() {
		return p.Org.NewAction()
	}
	return p.Org.Action(p.Action.ID)
}

func (p EditProps) tabs() []string {
	if p.isNew() {
		return []string{"test"}
	}
	return []string{"test", "versions", "runs"}
}

func (p EditProps) kind() string {
	if p.isNew() {
		return "new"
	}
	return "edit"
}

func (p EditProps) scriptLabel(t text.T) string { return t.S("actions.script_of", "name", p.Form.Name) }

// sampleOptions lists the samples by trigger; a script leaves only those of the
// chosen one.
func (p Panel) sampleOptions(t text.T) []ui.Option {
	var options []ui.Option
	for _, s := range p.Samples {
		options = append(options, ui.Option{Value: s.Key, Label: s.Label, Group: runs.Trigger(t, s.Trigger)})
	}
	return options
}

// Region is what the place of the result shows at first.
func (p Panel) Region() runs.RegionProps { return runs.RegionProps{Result: p.Result, Replay: p.Replay} }
