//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/playwright-community/playwright-go"

	"flowbench/models"
	"flowbench/views/link"
)

// The regions of the board that the tests use most, with their triggers.
const (
	userinfo    = "Complement token Pre userinfo creation"
	accessToken = "Complement token Pre access token creation"
	saml        = "Complement SAML response Pre SAML response creation"
	external    = "External authentication Post authentication"
	palette     = "Actions"
)

// lanes says which actions are bound when a test begins, by name.
type lanes map[models.Slug][]string

// flowsBoard is the page of the board with what tests do there.
type flowsBoard struct {
	*bench
	token string
	ids   map[string]string
}

// board opens the board of an organization that has the actions setClaims,
// mapGroups, addTier and the inactive legacyAudit.
func board(t *testing.T, bound lanes, options ...option) *flowsBoard {
	t.Helper()
	b := &flowsBoard{bench: open(t, options...), ids: map[string]string{}}
	b.token = b.Token(t)
	for _, name := range []string{"setClaims", "mapGroups", "legacyAudit", "addTier"} {
		b.ids[name] = b.Action(t, models.ActionInput{Name: name}).ID
	}
	_, err := b.Services.Actions.Deactivate(b.Context(), b.ids["legacyAudit"])
	must(t, err)
	for slug, names := range bound {
		b.set(slug, names...)
	}
	b.reload()
	return b
}

// set binds actions as somebody else would, past the page.
func (b *flowsBoard) set(slug models.Slug, names ...string) {
	b.t.Helper()
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = b.ids[name]
	}
	b.Bind(b.t, slug, ids...)
}

func (b *flowsBoard) reload() {
	b.t.Helper()
	b.visit(link.Org(b.OrgID).Flows())
	b.heading("Flows")
}

// stored expects the names bound to a trigger, as the JSON API tells them.
func (b *flowsBoard) stored(slug models.Slug, names ...string) {
	b.t.Helper()
	want := append([]string{}, names...)
	var got []string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
		if got = b.apiOrder(slug); slices.Equal(got, want) {
			return
		}
	}
	b.t.Errorf("the API says of %s (-want +got):\n%s", slug, cmp.Diff(want, got))
}

func (b *flowsBoard) apiOrder(slug models.Slug) []string {
	b.t.Helper()
	trigger, _ := models.TriggerBySlug(slug)
	request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/management/v1/flows/%d", b.URL, trigger.Flow), nil)
	must(b.t, err)
	request.Header.Set("Authorization", "Bearer "+b.token)
	answer, err := http.DefaultClient.Do(request)
	must(b.t, err)
	defer func() { _ = answer.Body.Close() }()
	var body struct {
		Flow struct {
			TriggerActions []struct {
				TriggerType struct{ ID string }
				Actions     []struct{ Name string }
			}
		}
	}
	must(b.t, json.NewDecoder(answer.Body).Decode(&body))
	names := []string{}
	for _, entry := range body.Flow.TriggerActions {
		if entry.TriggerType.ID != fmt.Sprint(int(trigger.Trigger)) {
			continue
		}
		for _, action := range entry.Actions {
			names = append(names, action.Name)
		}
	}
	return names
}

// both expects the order on the screen and in the API.
func (b *flowsBoard) both(region string, slug models.Slug, names ...string) {
	b.t.Helper()
	b.order(region, names...)
	b.stored(slug, names...)
}

func (b *flowsBoard) cards(region string) playwright.Locator {
	return b.lane(region).GetByRole("list")
}

func (b *flowsBoard) card(region, name string) playwright.Locator {
	return card(b.lane(region), name)
}

func (b *flowsBoard) handle(region, name string) playwright.Locator {
	return within(b.lane(region), "button", "Reorder "+name)
}

// drag drops a card on a list of cards the way of a person in a hurry.
func (b *flowsBoard) drag(from, to playwright.Locator) {
	b.t.Helper()
	must(b.t, from.DragTo(to))
}

// hold presses the mouse on a card and moves it over a target, in steps; the
// button stays down.
func (b *flowsBoard) hold(from, to playwright.Locator) {
	b.t.Helper()
	mouse := b.Page.Mouse()
	x, y := b.middle(from)
	must(b.t, mouse.Move(x, y))
	must(b.t, mouse.Down())
	x, y = b.middle(to)
	must(b.t, mouse.Move(x, y, playwright.MouseMoveOptions{Steps: playwright.Int(8)}))
}

func (b *flowsBoard) drop() {
	b.t.Helper()
	must(b.t, b.Page.Mouse().Up())
}

func (b *flowsBoard) middle(l playwright.Locator) (x, y float64) {
	b.t.Helper()
	box, err := l.BoundingBox()
	must(b.t, err)
	return box.X + box.Width/2, box.Y + box.Height/2
}

// choose opens the menu of a card and clicks an entry.
func (b *flowsBoard) choose(region, name, entry string) {
	b.t.Helper()
	b.click(within(b.lane(region), "button", "Move or remove "+name))
	b.click(b.role("menuitem", entry))
}

func (b *flowsBoard) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		must(b.t, b.Page.Keyboard().Press(key))
	}
}

func (b *flowsBoard) focused(l playwright.Locator) {
	b.t.Helper()
	must(b.t, expect.Locator(l).ToBeFocused())
}

// saveState expects the text beside the heading.
func (b *flowsBoard) saveState(text string) {
	b.t.Helper()
	must(b.t, expect.Locator(b.Page.GetByRole("main").GetByText(text)).ToBeVisible())
}
