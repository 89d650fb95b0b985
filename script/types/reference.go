package types

import (
	"fmt"
	"strings"

	"flowbench/models"
	"flowbench/script/lint"
)

// Marks between which docs/scripting.md holds what is generated.
const (
	ReferenceBegin = "<!-- generated: reference -->"
	ReferenceEnd   = "<!-- end of generated reference -->"
)

// Reference writes the generated part of docs/scripting.md: every path of
// every trigger, and the rules of the linter.
func Reference() string {
	var out strings.Builder
	out.WriteString("## Triggers\n\n")
	for _, t := range models.Triggers() {
		trigger(&out, t)
	}
	out.WriteString("## What the linter looks for\n\n")
	for _, r := range lint.Rules() {
		rule(&out, r)
	}
	return out.String()
}

func trigger(out *strings.Builder, t models.Trigger) {
	fmt.Fprintf(out, "### `%s`\n\nFlow %d, trigger %d.\n\n", t.Slug, t.Flow, t.Trigger)
	out.WriteString("| Path | Type | What it is |\n| --- | --- | --- |\n")
	for _, c := range Completions(t.Slug) {
		if strings.Count(c.Path, ".") > 2 && !strings.HasPrefix(c.Path, "api") {
			continue // shapes are described once below
		}
		doc := strings.TrimSpace(c.Doc + " " + c.Effect)
		fmt.Fprintf(out, "| `%s.%s` | `%s` | %s |\n", c.Path, c.Name, cell(c.Detail), cell(doc))
	}
	out.WriteString("\n")
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

func rule(out *strings.Builder, r lint.Rule) {
	fmt.Fprintf(out, "### `%s`\n\n%s (%s). %s\n\n", r.ID, r.Title, severity(r.Severity), r.Why)
	fmt.Fprintf(out, "```js\n// reported\n%s\n```\n\n```js\n// fine\n%s\n```\n\n", r.Bad, r.Good)
}

func severity(s models.Severity) string {
	return strings.ToLower(strings.TrimPrefix(string(s), "SEVERITY_"))
}

// Splice puts the generated reference between the marks of a document.
func Splice(document string) (string, error) {
	before, rest, ok := strings.Cut(document, ReferenceBegin)
	if !ok {
		return "", fmt.Errorf("the mark %q is missing", ReferenceBegin)
	}
	_, after, ok := strings.Cut(rest, ReferenceEnd)
	if !ok {
		return "", fmt.Errorf("the mark %q is missing", ReferenceEnd)
	}
	return before + ReferenceBegin + "\n\n" + Reference() + ReferenceEnd + after, nil
}
