//go:build e2e

package e2e

import (
	"strings"

	"github.com/playwright-community/playwright-go"
)

// The page objects: what several tests do, by the names that a person reads.

// visit goes to an address below the server.
func (b *bench) visit(path string) {
	b.t.Helper()
	response, err := b.Page.Goto(path)
	must(b.t, err)
	if response != nil && response.Status() >= 500 {
		b.t.Fatalf("%s answered %d", path, response.Status())
	}
}

// heading expects the page's one heading of level 1.
func (b *bench) heading(title string) {
	b.t.Helper()
	must(b.t, expect.Locator(b.Page.GetByRole("heading", playwright.PageGetByRoleOptions{
		Name: title, Exact: playwright.Bool(true), Level: playwright.Int(1)})).ToBeVisible())
}

// button, link, field and region find by role and exact name on the page.
func (b *bench) button(name string) playwright.Locator { return b.role("button", name) }

func (b *bench) link(name string) playwright.Locator { return b.role("link", name) }

func (b *bench) field(name string) playwright.Locator { return b.role("textbox", name) }

func (b *bench) region(name string) playwright.Locator { return b.role("region", name) }

func (b *bench) role(role playwright.AriaRole, name string) playwright.Locator {
	return b.Page.GetByRole(role, playwright.PageGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

// within finds by role and exact name inside another element.
func within(l playwright.Locator, role playwright.AriaRole, name string) playwright.Locator {
	return l.GetByRole(role, playwright.LocatorGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

// click, fill and visible are the three steps of most tests.
func (b *bench) click(l playwright.Locator) { b.t.Helper(); must(b.t, l.Click()) }

func (b *bench) fill(l playwright.Locator, text string) { b.t.Helper(); must(b.t, l.Fill(text)) }

func (b *bench) visible(l playwright.Locator) {
	b.t.Helper()
	must(b.t, expect.Locator(l).ToBeVisible())
}

// status expects a text in the region for announcements.
func (b *bench) status(text string) {
	b.t.Helper()
	must(b.t, expect.Locator(b.Page.GetByRole("status").Filter(playwright.LocatorFilterOptions{HasText: text}).First()).ToBeAttached())
}

// lane is the region of one trigger on the flows board.
func (b *bench) lane(name string) playwright.Locator { return b.region(name) }

// order expects the cards of a lane, by action name, from first to last.
func (b *bench) order(lane string, names ...string) {
	b.t.Helper()
	cards := b.lane(lane).GetByRole("list").GetByRole("listitem")
	if len(names) == 0 {
		must(b.t, expect.Locator(cards).ToHaveCount(0))
		return
	}
	must(b.t, expect.Locator(cards).ToContainText(names))
}

// card is the card of an action in a region of the board.
func card(region playwright.Locator, name string) playwright.Locator {
	page, err := region.Page()
	if err != nil {
		return region // of a closed page, on which every step says so
	}
	link := page.GetByRole("link", playwright.PageGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
	return region.GetByRole("listitem").Filter(playwright.LocatorFilterOptions{Has: link})
}

// script is a small action with the function its name asks for.
func script(name string, lines ...string) string {
	return "function " + name + "(ctx, api) {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}
