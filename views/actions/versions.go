package actions

import (
	"flowbench/models"
	"flowbench/views/link"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// VersionRow is a saved state with the size of its change.
type VersionRow struct {
	models.ActionVersion
	Added, Removed int
}

// VersionsProps is what the page of an action's versions shows. A and B are the
// versions to compare, or nil.
type VersionsProps struct {
	Org      link.Org
	Action   models.Action
	UsedIn   []models.Trigger
	Rows     []VersionRow
	A, B     *models.ActionVersion
	Ask      int // the version that must be confirmed before it is restored
	CanWrite bool
}

// Live reports whether restoring changes what sign-ins do at once.
func (p VersionsProps) Live() bool { return p.Action.State == models.ActionActive && len(p.UsedIn) > 0 }

func versionColumns(t text.T) []ui.Column {
	return []ui.Column{{Label: t.S("actions.compare_a")}, {Label: t.S("actions.compare_b")}, {Label: t.S("actions.version")},
		{Label: t.S("actions.when")}, {Label: t.S("actions.who")}, {Label: t.S("actions.from")}, {Label: t.S("actions.change_size"), Number: true},
		{Label: t.S("actions.note")}, {Label: t.S("actions.menu"), Hidden: true}}
}

// metaRow is a property that differs between two versions.
type metaRow struct{ label, a, b string }

func metaRows(t text.T, a, b models.ActionVersion) []metaRow {
	yes := func(is bool) string {
		if is {
			return t.S("actions.yes")
		}
		return t.S("actions.no")
	}
	state := func(v models.ActionVersion) string {
		if v.State == models.ActionActive {
			return t.S("actions.state.active")
		}
		return t.S("actions.state.inactive")
	}
	all := []metaRow{
		{t.S("actions.name"), a.Name, b.Name},
		{t.S("actions.timeout"), ui.Duration(t, models.EffectiveTimeout(a.Timeout)), ui.Duration(t, models.EffectiveTimeout(b.Timeout))},
		{t.S("actions.allowed_to_fail"), yes(a.AllowedToFail), yes(b.AllowedToFail)},
		{t.S("actions.state"), state(a), state(b)},
	}
	var rows []metaRow
	for _, row := range all {
		if row.a != row.b {
			rows = append(rows, row)
		}
	}
	return rows
}

// versionNote says what kind of change made the version.
func versionNote(t text.T, v models.ActionVersion) string {
	switch v.EventType {
	case models.EventActionCreated:
		return t.S("actions.note.created")
	case models.EventActionDeactivated:
		return t.S("actions.note.deactivated")
	case models.EventActionReactivated:
		return t.S("actions.note.reactivated")
	}
	return v.Note
}
