package runs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"flowbench/models"
	"flowbench/views/text"
)

// Place writes a place in a script, as the link to it is named.
func Place(t text.T, line, column int) string {
	if column == 0 {
		return t.S("runs.line", "line", line)
	}
	return t.S("runs.place", "line", line, "column", column)
}

// Trigger writes flow and trigger, for example "Complement token, Pre userinfo
// creation".
func Trigger(t text.T, slug models.Slug) string {
	trigger, ok := models.TriggerBySlug(slug)
	if !ok {
		return string(slug)
	}
	return t.S("trigger.full", "flow", t.S(fmt.Sprintf("trigger.flow.%d", trigger.Flow)), "trigger", t.S("trigger.name."+string(slug)))
}

// levelKey is the last part of the keys of a level's texts.
func levelKey(level models.Level) string {
	return strings.ToLower(strings.TrimPrefix(string(level), "LEVEL_"))
}

// longValue is from where on a value is folded, in characters.
const longValue = 160

// value is a JSON value as the effects table shows it.
type value struct {
	none  bool
	short string // on one line
	full  string // indented; "" when short says it all
}

func valueOf(raw json.RawMessage) value {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 || bytes.Equal(trimmed, []byte("null")) {
		return value{none: true}
	}
	var compact bytes.Buffer
	if json.Compact(&compact, trimmed) != nil {
		return value{short: string(trimmed)}
	}
	runes := []rune(compact.String())
	if len(runes) <= longValue {
		return value{short: compact.String()}
	}
	var indented bytes.Buffer
	if json.Indent(&indented, trimmed, "", "  ") != nil {
		return value{short: compact.String()}
	}
	return value{short: string(runes[:longValue]) + "…", full: indented.String()}
}

// excerpt returns the line of the script with the one before and the one after
// it, numbered, with a mark at the line and a caret below the column.
func excerpt(script string, line, column int) string {
	lines := strings.Split(script, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	var b strings.Builder
	for n := max(1, line-1); n <= min(len(lines), line+1); n++ {
		mark := " "
		if n == line {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s %3d  %s\n", mark, n, strings.TrimSuffix(lines[n-1], "\r"))
		if n == line && column > 0 {
			fmt.Fprintf(&b, "%s^\n", strings.Repeat(" ", 7+column-1))
		}
	}
	return b.String()
}

// changeKey is the last part of the key of a change's text and class.
func changeKey(change models.ChangeKind) string {
	return strings.ToLower(strings.TrimPrefix(string(change), "CHANGE_"))
}

// removedClass colours the old value if it is gone.
func removedClass(e models.Effect) string {
	if e.Change == models.ChangeRemoved || e.Change == models.ChangeChanged {
		return "del"
	}
	return ""
}

// addedClass colours the new value if it counts.
func addedClass(e models.Effect) string {
	if e.Change == models.ChangeAdded || e.Change == models.ChangeChanged {
		return "add"
	}
	return ""
}

// headerText writes request headers one per line, in order.
func headerText(headers map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		lines = append(lines, name+": "+headers[name])
	}
	return strings.Join(lines, "\n")
}

// indented writes JSON so that people can read it.
func indented(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}
