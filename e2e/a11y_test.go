//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/e2e/machine"
)

// screen is a page in one state. Each is checked in both themes at three widths
// and photographed.
type screen struct {
	name    string
	options []option
	show    func(*bench) // goes there and brings about the state
}

// screens come from the files that test the pages; add a list here when a file
// brings a new one.
var screens = slices.Concat(accountScreens, overviewScreens, settingsScreens, helpScreens, flowScreens, actionScreens)

var widths = []int{320, 800, 1440}

func TestScreensAreAccessible(t *testing.T) {
	for _, s := range screens {
		t.Run(strings.ReplaceAll(s.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			b := open(t, s.options...)
			s.show(b)
			for _, theme := range []*playwright.ColorScheme{playwright.ColorSchemeLight, playwright.ColorSchemeDark} {
				must(t, b.Page.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: theme}))
				for _, width := range widths {
					must(t, b.Page.SetViewportSize(width, 900))
					b.settled()
					b.accessible(fmt.Sprintf("%s at %d px", *theme, width))
					b.fits(width)
					b.photograph(s.name, string(*theme), width)
				}
			}
		})
	}
}

// settled waits until the page is drawn with its new size and theme.
func (b *bench) settled() {
	b.t.Helper()
	_, err := b.Page.Evaluate(`async () => {
  await Promise.allSettled(document.getAnimations().map((a) => a.finished));
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}`)
	must(b.t, err)
}

// rules are those of WCAG 2.0 to 2.2, levels A and AA, and best practice.
const rules = `async () => JSON.stringify((await axe.run(document, {resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations
  .map(v => ({rule: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary)})))`

// accessible fails the test for each rule that axe finds broken on the page.
func (b *bench) accessible(where string) {
	b.t.Helper()
	if loaded, err := b.Page.Evaluate("() => typeof axe === 'object'"); err != nil || loaded != true {
		_, err := b.Page.Evaluate(axeSource(b.t) + "\n;0")
		must(b.t, err)
	}
	answer, err := b.Page.Evaluate(rules)
	must(b.t, err)
	var violations []struct {
		Rule, Help string
		Nodes      []string
	}
	must(b.t, json.Unmarshal([]byte(answer.(string)), &violations))
	for _, v := range violations {
		b.t.Errorf("%s: %s (%s)\n  %s", where, v.Help, v.Rule, strings.Join(v.Nodes, "\n  "))
	}
}

func axeSource(t *testing.T) string {
	t.Helper()
	file, err := machine.AxeFile()
	must(t, err)
	source, err := os.ReadFile(file)
	must(t, err)
	return string(source)
}

// fits fails the test when the page scrolls sideways.
func (b *bench) fits(width int) {
	b.t.Helper()
	got, err := b.Page.Evaluate("() => document.documentElement.scrollWidth")
	must(b.t, err)
	if n, ok := got.(int); !ok || n > width {
		b.t.Errorf("at %d px the page is %v px wide", width, got)
	}
}

// photograph keeps a picture of the screen for people to look at.
func (b *bench) photograph(name, theme string, width int) {
	b.t.Helper()
	file := fmt.Sprintf("artifacts/screens/%s-%s-%d.png", strings.ReplaceAll(name, " ", "-"), theme, width)
	_, err := b.Page.Screenshot(playwright.PageScreenshotOptions{Path: playwright.String(file), FullPage: playwright.Bool(true)})
	must(b.t, err)
}
