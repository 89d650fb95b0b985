package static

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// token matches one colour of the token file in its light and dark form.
var token = regexp.MustCompile(`--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`)

// TestContrast computes the WCAG contrast of every pair that stands on each
// other: 4.5 for text, 3 for edges of controls.
func TestContrast(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("src/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string][2]float64{}
	for _, m := range token.FindAllStringSubmatch(string(source), -1) {
		colours[m[1]] = [2]float64{luminance(m[2]), luminance(m[3])}
	}
	for _, pair := range textPairs {
		checkPair(t, colours, pair, 4.5)
	}
	for _, pair := range edgePairs {
		checkPair(t, colours, pair, 3)
	}
}

var textPairs = [][2]string{
	{"text", "surface"}, {"text", "bg"}, {"text", "sunken"}, {"text", "code-selection"},
	{"muted", "surface"}, {"muted", "bg"}, {"muted", "sunken"}, {"muted", "code-active-line"},
	{"accent", "surface"}, {"accent", "bg"}, {"accent", "sunken"}, {"on-accent", "accent"}, {"on-accent", "accent-hover"},
	{"accent-hover", "surface"}, {"accent-text", "accent-soft"},
	{"ok", "surface"}, {"ok", "bg"}, {"ok", "ok-soft"}, {"warn", "surface"}, {"warn", "bg"}, {"warn", "warn-soft"},
	{"danger", "surface"}, {"danger", "bg"}, {"danger", "danger-soft"}, {"on-danger", "danger"},
	{"info", "surface"}, {"info", "bg"}, {"info", "info-soft"}, {"add-text", "add-bg"}, {"del-text", "del-bg"},
	{"code-keyword", "surface"}, {"code-string", "surface"}, {"code-number", "surface"}, {"code-comment", "surface"},
	{"code-function", "surface"}, {"code-comment", "code-selection"}, {"code-comment", "code-active-line"},
	{"code-function", "code-active-line"}, {"code-string", "code-active-line"}, {"code-keyword", "code-active-line"},
}

var edgePairs = [][2]string{
	{"control", "surface"}, {"control", "bg"}, {"accent", "surface"}, {"accent", "bg"}, {"danger", "surface"}, {"warn", "surface"},
}

func checkPair(t *testing.T, colours map[string][2]float64, pair [2]string, least float64) {
	t.Helper()
	front, ok1 := colours[pair[0]]
	back, ok2 := colours[pair[1]]
	if !ok1 || !ok2 {
		t.Errorf("%s on %s: a token is missing", pair[0], pair[1])
		return
	}
	for i, theme := range []string{"light", "dark"} {
		high, low := math.Max(front[i], back[i]), math.Min(front[i], back[i])
		if ratio := (high + 0.05) / (low + 0.05); ratio < least {
			t.Errorf("%s on %s, %s: contrast %.2f, at least %.1f", pair[0], pair[1], theme, ratio, least)
		}
	}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
