package actions

import (
	"flowbench/models"
	"flowbench/views/link"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// Row is one action of the list with the triggers it is bound to and its last
// run, if there is one.
type Row struct {
	Action  models.Action
	UsedIn  []models.Trigger
	LastRun *models.LastRun
}

// Filter is what the list was asked for; it lives in the address.
type Filter struct {
	Query  string
	State  string // "", "active", "inactive"
	UsedIn string // "", a slug, or "none"
	Sort   string // "", "name", "state"
	Desc   bool
	Limit  int // rows shown
}

// Any reports whether the filter leaves anything out.
func (f Filter) Any() bool { return f.Query != "" || f.State != "" || f.UsedIn != "" }

// ListProps is what the page of all actions shows.
type ListProps struct {
	Org       link.Org
	Rows      []Row
	Total     int
	Filter    Filter
	Deleted   string // id of an action that can be brought back, or ""
	CanWrite  bool
	CanDelete bool
}

// listID is the part of the page that the filters update.
const listID = "action-list"

// Address is the list with the filter.
func (f Filter) Address(org link.Org) string {
	desc := ""
	if f.Desc {
		desc = "1"
	}
	limit := ""
	if f.Limit > PageSize {
		limit = itoa(f.Limit)
	}
	return link.Query(org.Actions(), "q", f.Query, "state", f.State, "used", f.UsedIn, "sort", f.Sort, "desc", desc, "limit", limit)
}

// PageSize is how many rows the list shows at first and adds at a time.
const PageSize = 50

// more is the filter with the next rows.
func (f Filter) more() Filter {
	f.Limit += PageSize
	return f
}

// sortedBy is the filter with a press on the heading of a column.
func (f Filter) sortedBy(column string) Filter {
	f.Desc = f.Sort == column && !f.Desc
	f.Sort = column
	return f
}

func (p ListProps) columns(t text.T) []ui.Column {
	return []ui.Column{
		p.sortable(t, "name"), p.sortable(t, "state"),
		{Label: t.S("actions.used_in")},
		{Label: t.S("actions.timeout"), Number: true},
		{Label: t.S("actions.allowed_to_fail")},
		{Label: t.S("actions.last_run")},
		{Label: t.S("actions.changed")},
		{Label: t.S("actions.menu"), Hidden: true},
	}
}

func (p ListProps) sortable(t text.T, column string) ui.Column {
	c := ui.Column{Label: t.S("actions." + column), Sort: p.Filter.sortedBy(column).Address(p.Org), Frag: "#" + listID}
	if p.Filter.Sort == column {
		c.Sorted = "ascending"
		if p.Filter.Desc {
			c.Sorted = "descending"
		}
	}
	return c
}

func stateOptions(t text.T) []ui.Option {
	return []ui.Option{{Value: "", Label: t.S("actions.state.all")}, {Value: "active", Label: t.S("actions.state.active")},
		{Value: "inactive", Label: t.S("actions.state.inactive")}}
}

func usedInOptions(t text.T) []ui.Option {
	options := []ui.Option{{Value: "", Label: t.S("actions.used_in.any")}, {Value: "none", Label: t.S("actions.used_in.none")}}
	return append(options, triggerOptions(t, nil)...)
}
