package runs

import (
	"fmt"
	"time"

	"flowbench/models"
	"flowbench/views/link"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// Filter is what the list was asked for; it lives in the address.
type Filter struct {
	Action, Trigger, Outcome, Source, Since, Text, Before string
}

// Any reports whether the filter leaves anything out.
func (f Filter) Any() bool {
	return f.Action != "" || f.Trigger != "" || f.Outcome != "" || f.Source != "" || f.Since != "" || f.Text != ""
}

// Address is the list with the filter.
func (f Filter) Address(org link.Org) string {
	return link.Query(org.Runs(), "action", f.Action, "trigger", f.Trigger, "outcome", f.Outcome, "source", f.Source,
		"since", f.Since, "text", f.Text, "before", f.Before)
}

// after is the filter with the page that follows the run.
func (f Filter) after(id string) Filter {
	f.Before = id
	return f
}

// ListProps is what the page of runs shows.
type ListProps struct {
	Org     link.Org
	Runs    []models.Run
	More    bool // there are older ones
	Filter  Filter
	Actions []models.Action // for the filter
}

// listID is the part of the page that the filters update.
const listID = "run-list"

// The groups of outcomes that the filter offers.
const (
	OutcomeOK        = "ok"
	OutcomeFailed    = "failed"
	OutcomeTolerated = "tolerated"
	OutcomeStopped   = "stopped"
)

// Since are the time ranges that the filter offers.
var Since = []struct {
	Key  string
	Span time.Duration
}{{"1h", time.Hour}, {"24h", 24 * time.Hour}, {"7d", 7 * 24 * time.Hour}, {"30d", 30 * 24 * time.Hour}}

// Outcomes returns the kinds of a group; nil for all.
func Outcomes(group string) []models.OutcomeKind {
	switch group {
	case OutcomeOK:
		return []models.OutcomeKind{models.OutcomeOK}
	case OutcomeStopped:
		return []models.OutcomeKind{models.OutcomeTimeout, models.OutcomeCancelled, models.OutcomeBusy, models.OutcomeMemory, models.OutcomeRecursion}
	case OutcomeFailed:
		return []models.OutcomeKind{models.OutcomeCompile, models.OutcomeException, models.OutcomeNoFunction, models.OutcomeTimeout,
			models.OutcomeMemory, models.OutcomeRecursion, models.OutcomeResult, models.OutcomeHost, models.OutcomeCrashed}
	}
	return nil
}

func outcomeOptions(t text.T) []ui.Option {
	return options(t, "runs.outcome.", "", OutcomeOK, OutcomeFailed, OutcomeStopped)
}

func sourceOptions(t text.T) []ui.Option {
	return options(t, "runs.source.", "", string(models.RunSourceTest), string(models.RunSourceCase), string(models.RunSourceAPI), string(models.RunSourceJourney))
}

func sinceOptions(t text.T) []ui.Option {
	return options(t, "runs.since.", "", "1h", "24h", "7d", "30d")
}

// options makes one option per value; the empty value has the key "any".
func options(t text.T, prefix string, values ...string) []ui.Option {
	list := make([]ui.Option, len(values))
	for i, value := range values {
		key := value
		if key == "" {
			key = "any"
		}
		list[i] = ui.Option{Value: value, Label: t.S(prefix + key)}
	}
	return list
}

func (p ListProps) actionOptions(t text.T) []ui.Option {
	list := []ui.Option{{Label: t.S("runs.action.any")}}
	for _, a := range p.Actions {
		list = append(list, ui.Option{Value: a.ID, Label: a.Name})
	}
	return list
}

func triggerOptions(t text.T) []ui.Option {
	list := []ui.Option{{Label: t.S("runs.trigger.any")}}
	for _, trigger := range models.Triggers() {
		list = append(list, ui.Option{Value: string(trigger.Slug), Label: Trigger(t, trigger.Slug), Group: t.S(fmt.Sprintf("trigger.flow.%d", trigger.Flow))})
	}
	return list
}

func listColumns(t text.T) []ui.Column {
	return []ui.Column{{Label: t.S("runs.when")}, {Label: t.S("runs.action")}, {Label: t.S("runs.trigger")}, {Label: t.S("runs.outcome")},
		{Label: t.S("runs.duration"), Number: true}, {Label: t.S("runs.source")}, {Label: t.S("runs.who")}}
}
