package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
)

// print answers a command: value as JSON, or otherwise what text writes.
func (a *app) print(value any, text func()) error {
	if !a.json {
		text()
		return nil
	}
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// line writes one line for people.
func (a *app) line(format string, args ...any) { fmt.Fprintf(a.out, format+"\n", args...) }

// table writes rows in columns under a head.
func (a *app) table(head []string, rows [][]string) {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{head}, rows...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
}
