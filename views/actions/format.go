package actions

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"flowbench/models"
	"flowbench/views/text"
	"flowbench/views/ui"
)

func itoa(n int) string { return strconv.Itoa(n) }

// timeoutText writes the limit of an action as it works.
func timeoutText(t text.T, a models.Action) string { return ui.Duration(t, a.EffectiveTimeout()) }

// laneName writes flow and trigger.
func laneName(t text.T, trigger models.Trigger) string {
	return t.S("trigger.full", "flow", flowName(t, trigger.Flow), "trigger", t.S("trigger.name."+string(trigger.Slug)))
}

func flowName(t text.T, flow models.FlowType) string {
	return t.S(fmt.Sprintf("trigger.flow.%d", flow))
}

// triggerOptions lists the nine triggers by flow, the bound ones first.
func triggerOptions(t text.T, bound []models.Trigger) []ui.Option {
	var first, rest []ui.Option
	for _, trigger := range models.Triggers() {
		o := ui.Option{Value: string(trigger.Slug), Label: laneName(t, trigger), Group: flowName(t, trigger.Flow)}
		if slices.Contains(bound, trigger) {
			o.Group = t.S("actions.bound")
			first = append(first, o)
			continue
		}
		rest = append(rest, o)
	}
	return append(first, rest...)
}

// hit is a line of a script that a search found.
type hit struct {
	line int
	text string
}

// firstHit finds the first line of the script that holds the words.
func firstHit(script, query string) (hit, bool) {
	if query == "" {
		return hit{}, false
	}
	for i, line := range strings.Split(script, "\n") {
		if strings.Contains(strings.ToLower(line), strings.ToLower(query)) {
			return hit{i + 1, shorten(strings.TrimSpace(line))}, true
		}
	}
	return hit{}, false
}

// snippetLength is how much of a found line is shown, in characters.
const snippetLength = 80

func shorten(s string) string {
	if runes := []rune(s); len(runes) > snippetLength {
		return string(runes[:snippetLength]) + "…"
	}
	return s
}

// runeCount counts a script as its limit does.
func runeCount(script string) int { return utf8.RuneCountInString(script) }

func number(n uint64) string { return strconv.FormatUint(n, 10) }

func httpValue(real bool) string {
	if real {
		return "HTTP_MODE_REAL"
	}
	return "HTTP_MODE_STUB"
}

// quoteJSON writes a text as JSON, for the page's script.
func quoteJSON(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(data)
}

// lineNumber is the number of a line on its side of a comparison.
func lineNumber(line diffLine, class string) string {
	if class == "del" {
		return itoa(line.a)
	}
	return itoa(line.b)
}
