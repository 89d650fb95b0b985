package runs

import (
	"flowbench/views/text"
	"flowbench/views/ui"
)

func effectColumns(t text.T) []ui.Column {
	return []ui.Column{{Label: t.S("runs.what")}, {Label: t.S("runs.before")}, {Label: t.S("runs.after")},
		{Label: t.S("runs.line_column"), Number: true}}
}

func comparisonColumns(t text.T) []ui.Column {
	return []ui.Column{{Label: t.S("runs.what")}, {Label: t.S("runs.input")}, {Label: t.S("runs.previous_after")}, {Label: t.S("runs.new_after")}}
}

func callColumns(t text.T) []ui.Column {
	return []ui.Column{{Label: t.S("runs.method")}, {Label: t.S("runs.address")}, {Label: t.S("runs.status"), Number: true},
		{Label: t.S("runs.duration"), Number: true}, {Label: t.S("runs.answered_by")}}
}
