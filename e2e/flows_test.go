//go:build e2e

package e2e

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/playwright-community/playwright-go"

	"flowbench/models"
	"flowbench/views/link"
)

func TestPointerMovesCards(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})

	b.drag(b.card(palette, "addTier"), b.cards(accessToken))
	b.status("addTier is now position 1 of 1 in Complement token, Pre access token creation. Saved.")
	b.both(accessToken, models.PreAccessToken, "addTier")

	b.hold(b.card(userinfo, "setClaims"), b.card(userinfo, "mapGroups"))
	b.drop()
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")

	b.drag(b.card(userinfo, "mapGroups"), b.cards(saml)) // below the fold
	b.both(userinfo, models.PreUserinfo, "setClaims")
	b.both(saml, models.PreSAMLResponse, "mapGroups")

	b.reload()
	b.order(userinfo, "setClaims")
	b.order(saml, "mapGroups")
	b.order(accessToken, "addTier")
}

func TestDropOnPaletteRemovesAndAltAdds(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})

	must(t, b.Page.Keyboard().Down("Alt"))
	b.hold(b.card(userinfo, "setClaims"), b.cards(accessToken))
	b.drop()
	must(t, b.Page.Keyboard().Up("Alt"))
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")
	b.both(accessToken, models.PreAccessToken, "setClaims")

	b.hold(b.card(userinfo, "mapGroups"), b.lane(palette))
	must(t, expect.Locator(b.Page.GetByText("Drop here to remove")).ToBeVisible())
	b.drop()
	b.status("mapGroups removed from Complement token, Pre userinfo creation.")
	b.both(userinfo, models.PreUserinfo, "setClaims")
}

func TestCancelledDragPutsEverythingBack(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})
	address := b.Page.URL()

	b.hold(b.card(userinfo, "setClaims"), b.cards(accessToken))
	b.press("Escape")
	b.drop()
	b.status("Cancelled. setClaims is back where it was.")
	b.order(accessToken)

	b.hold(b.card(userinfo, "mapGroups"), b.Page.GetByRole("heading", playwright.PageGetByRoleOptions{Level: playwright.Int(1)}))
	b.drop()
	b.status("Cancelled. mapGroups is back where it was.")
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")

	// Back on its own link: the click that ends a drag must not open it.
	name := within(b.card(userinfo, "setClaims"), "link", "setClaims")
	x, y := b.middle(name)
	b.hold(name, b.card(userinfo, "mapGroups"))
	must(t, b.Page.Mouse().Move(x, y))
	b.drop()
	b.status("setClaims stays at position 1 of 2 in Complement token, Pre userinfo creation.")
	if b.Page.URL() != address {
		t.Errorf("the drop opened %s", b.Page.URL())
	}
}

func TestLaneRefusesWhatItHolds(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims"}, models.PreAccessToken: {"setClaims", "mapGroups"}})
	b.drag(b.card(userinfo, "setClaims"), b.cards(accessToken))
	b.status("setClaims is already in Complement token, Pre access token creation.")
	b.drag(b.card(palette, "mapGroups"), b.cards(accessToken))
	b.status("mapGroups is already in Complement token, Pre access token creation.")
	b.both(userinfo, models.PreUserinfo, "setClaims")
	b.both(accessToken, models.PreAccessToken, "setClaims", "mapGroups")
}

func TestKeyboardMovesCards(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups", "addTier"}})
	must(t, b.handle(userinfo, "setClaims").Focus())
	b.press("Space")
	b.status("setClaims grabbed. Position 1 of 3 in Complement token, Pre userinfo creation. Use the arrow keys to move, Space to drop, Escape to cancel.")
	b.press("ArrowDown")
	b.status("setClaims: position 2 of 3 in Complement token, Pre userinfo creation.")
	b.press("End", "Space")
	b.status("setClaims is now position 3 of 3 in Complement token, Pre userinfo creation. Saved.")
	b.focused(b.handle(userinfo, "setClaims"))
	b.both(userinfo, models.PreUserinfo, "mapGroups", "addTier", "setClaims")

	b.press("Enter", "ArrowRight", "Enter")
	b.status("setClaims is now position 1 of 1 in Complement token, Pre access token creation. Saved.")
	b.focused(b.handle(accessToken, "setClaims"))
	b.both(accessToken, models.PreAccessToken, "setClaims")

	b.press("Space", "ArrowLeft", "Home", "Escape")
	b.status("Cancelled. setClaims is back where it was.")
	b.focused(b.handle(accessToken, "setClaims"))
	b.press("Space", "ArrowLeft", "Tab")
	b.focused(within(b.lane(accessToken), "link", "setClaims"))
	b.both(userinfo, models.PreUserinfo, "mapGroups", "addTier")
	b.both(accessToken, models.PreAccessToken, "setClaims")

	must(t, b.handle(palette, "legacyAudit").Focus())
	b.press("Space", "ArrowRight", "Space")
	b.status("legacyAudit is now position 1 of 1 in External authentication, Post authentication. Saved.")
	b.both(external, models.ExternalPostAuthentication, "legacyAudit")
}

func TestMenuMovesCards(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})
	b.choose(userinfo, "mapGroups", "Move up")
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")
	b.focused(within(b.lane(userinfo), "button", "Move or remove mapGroups"))

	b.choose(userinfo, "mapGroups", "Move to Complement SAML response, Pre SAML response creation")
	b.both(saml, models.PreSAMLResponse, "mapGroups")
	b.focused(within(b.lane(saml), "button", "Move or remove mapGroups"))

	b.choose(userinfo, "setClaims", "Also add to Complement token, Pre access token creation")
	b.both(accessToken, models.PreAccessToken, "setClaims")
	b.choose(palette, "addTier", "Add to Complement token, Pre userinfo creation")
	b.both(userinfo, models.PreUserinfo, "setClaims", "addTier")

	b.choose(userinfo, "setClaims", "Remove from Complement token, Pre userinfo creation")
	b.both(userinfo, models.PreUserinfo, "addTier")
	b.focused(within(b.lane(userinfo), "button", "Move or remove addTier"))
	b.choose(userinfo, "addTier", "Remove from Complement token, Pre userinfo creation")
	b.both(userinfo, models.PreUserinfo)
	b.focused(b.lane(userinfo).GetByRole("heading"))
}

func TestAddActionList(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims"}})
	b.click(within(b.lane(userinfo), "button", "Add action to Complement token, Pre userinfo creation"))
	must(t, expect.Locator(b.Page.GetByRole("option")).ToHaveCount(3))
	must(t, b.Page.Keyboard().Type("GROUP"))
	must(t, expect.Locator(b.Page.GetByRole("option")).ToHaveText([]string{"mapGroups"}))
	b.press("Enter")
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")
	b.focused(within(b.lane(userinfo), "button", "Add action to Complement token, Pre userinfo creation"))

	b.press("Enter")
	b.click(b.role("option", "addTier"))
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups", "addTier")
}

func TestTouchMovesCards(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}}, touch)
	must(t, b.card(userinfo, "setClaims").ScrollIntoViewIfNeeded())
	session, err := b.context.NewCDPSession(b.Page)
	must(t, err)
	finger := func(kind string, points ...map[string]any) {
		_, err := session.Send("Input.dispatchTouchEvent", map[string]any{"type": kind, "touchPoints": append([]map[string]any{}, points...)})
		must(t, err)
	}
	x, y := b.middle(b.handle(userinfo, "setClaims"))
	_, to := b.middle(b.card(userinfo, "mapGroups"))
	finger("touchStart", map[string]any{"x": x, "y": y})
	for i := 1; i <= 6; i++ {
		finger("touchMove", map[string]any{"x": x, "y": y + (to+14-y)*float64(i)/6})
	}
	finger("touchEnd")
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")
}

func TestPageScrollsWhileADragRestsNearTheEdge(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.ExternalPostAuthentication: {"setClaims"}}, size(1200, 500))
	b.hold(b.card(external, "setClaims"), b.card(external, "setClaims"))
	must(t, b.Page.Mouse().Move(700, 495))
	_, err := b.Page.WaitForFunction("() => scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1", nil)
	must(t, err)
	must(t, b.Page.Mouse().Move(b.middle(b.lane(saml))))
	b.drop()
	b.both(saml, models.PreSAMLResponse, "setClaims")
}

func TestActionsBeyondThePaletteAreFoundByName(t *testing.T) {
	t.Parallel()
	b := open(t)
	for i := range 110 {
		b.Action(t, models.ActionInput{Name: fmt.Sprintf("action%03d", i)})
	}
	f := &flowsBoard{bench: b, token: b.Token(t)}
	f.reload()
	must(t, expect.Locator(f.cards(palette).GetByRole("listitem")).ToHaveCount(100))
	b.click(within(b.lane(userinfo), "button", "Add action to Complement token, Pre userinfo creation"))
	must(t, b.Page.Keyboard().Type("n109"))
	b.click(b.role("option", "action109"))
	f.both(userinfo, models.PreUserinfo, "action109")
	b.fill(b.role("searchbox", "Filter actions"), "n108")
	f.dragToPlace(f.card(palette, "action108"), userinfo, 1)
	f.both(userinfo, models.PreUserinfo, "action109", "action108")
}

func TestBoardInThePseudoLanguageFitsAPhone(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "legacyAudit"}}, size(320, 800))
	_, err := b.Services.Users.SetPreferences(b.Context(), "qps", "")
	must(t, err)
	b.visit(link.Org(b.OrgID).Flows())
	must(t, expect.Locator(b.Page.GetByRole("heading", playwright.PageGetByRoleOptions{Level: playwright.Int(1)})).ToContainText("["))
	b.fits(320)
}

func TestInactiveActionIsSkippedInTheCount(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "legacyAudit", "mapGroups"}})
	must(t, expect.Locator(b.cards(userinfo).GetByRole("listitem")).ToContainText([]string{"1", "–", "2"}))
	must(t, expect.Locator(b.card(userinfo, "legacyAudit")).ToContainText("Inactive, skipped"))

	b.choose(userinfo, "setClaims", "Deactivate")
	must(t, expect.Locator(b.card(userinfo, "setClaims")).ToContainText("Inactive, skipped"))
	must(t, expect.Locator(b.cards(userinfo).GetByRole("listitem")).ToContainText([]string{"–", "–", "1"}))
	must(t, expect.Locator(b.card(palette, "setClaims")).ToContainText("Inactive, skipped"))
	b.choose(userinfo, "legacyAudit", "Activate")
	must(t, expect.Locator(b.cards(userinfo).GetByRole("listitem")).ToContainText([]string{"–", "1", "2"}))
}

// TestRandomDragsAgreeWithTheModel drags cards about and expects screen, API
// and a model of plain lists to agree after each drag.
func TestRandomDragsAgreeWithTheModel(t *testing.T) {
	t.Parallel()
	slugs := map[string]models.Slug{userinfo: models.PreUserinfo, accessToken: models.PreAccessToken, saml: models.PreSAMLResponse}
	regions := []string{userinfo, accessToken, saml}
	names := []string{"setClaims", "mapGroups", "legacyAudit", "addTier"}
	b := board(t, lanes{models.PreUserinfo: names}, size(1440, 900))
	model := map[string][]string{userinfo: slices.Clone(names)}
	random := rand.New(rand.NewPCG(7, 11))
	for i := range 20 {
		from := regions[random.IntN(len(regions))]
		if len(model[from]) == 0 {
			from = palette
		}
		name := names[random.IntN(len(names))]
		if from != palette {
			name = model[from][random.IntN(len(model[from]))]
		}
		to := regions[random.IntN(len(regions))]
		place := random.IntN(len(model[to]) + 1)
		t.Logf("drag %d: %s from %s to place %d of %s", i, name, from, place, to)
		b.dragToPlace(b.card(from, name), to, place)
		model = after(model, name, from, to, place)
		for _, region := range regions {
			b.order(region, model[region]...)
			b.stored(slugs[region], model[region]...)
		}
	}
}

// dragToPlace drops a card on the upper edge of the card that stands at a
// place, or at the end of the list.
func (b *flowsBoard) dragToPlace(from playwright.Locator, region string, place int) {
	b.t.Helper()
	list, err := b.cards(region).BoundingBox()
	must(b.t, err)
	y := list.Y + list.Height - 4
	items := b.cards(region).GetByRole("listitem")
	n, err := items.Count()
	must(b.t, err)
	if place < n {
		box, err := items.Nth(place).BoundingBox()
		must(b.t, err)
		y = box.Y + 4
	}
	mouse := b.Page.Mouse()
	x, top := b.middle(from)
	must(b.t, mouse.Move(x, top))
	must(b.t, mouse.Down())
	must(b.t, mouse.Move(list.X+list.Width/2, y, playwright.MouseMoveOptions{Steps: playwright.Int(4)}))
	must(b.t, mouse.Up())
}

// after is the model: what a drop does to the lists.
func after(before map[string][]string, name, from, to string, place int) map[string][]string {
	lists := map[string][]string{}
	for region, list := range before {
		lists[region] = slices.Clone(list)
	}
	at := slices.Index(lists[to], name)
	if from != to && at >= 0 {
		return lists // refused
	}
	if from == to && place == len(lists[to]) {
		place--
	}
	if from != palette {
		at := slices.Index(lists[from], name)
		lists[from] = slices.Delete(lists[from], at, at+1)
	}
	lists[to] = slices.Insert(lists[to], place, name)
	return lists
}

func TestBoardFitsALaptop(t *testing.T) {
	t.Parallel()
	bound := lanes{}
	for _, trigger := range models.Triggers() {
		bound[trigger.Slug] = []string{"setClaims", "legacyAudit"}
	}
	b := board(t, bound, size(1440, 900))
	height, err := b.Page.Evaluate("() => document.documentElement.scrollHeight")
	must(t, err)
	if height != 900 {
		t.Errorf("the board is %v px high, want 900", height)
	}
	regions, err := b.Page.GetByRole("region").All()
	must(t, err)
	var found []string
	for _, region := range regions {
		box, err := region.BoundingBox()
		must(t, err)
		name, err := region.GetByRole("heading").First().TextContent()
		must(t, err)
		found = append(found, strings.Join(strings.Fields(name), " "))
		if box.Y < 0 || box.Y+box.Height > 900 {
			t.Errorf("%s is out of view: %+v", name, box)
		}
	}
	want := []string{"Actions", "Post authentication 2", "Pre creation 2", "Post creation 2", "Post authentication 2", "Pre creation 2", "Post creation 2",
		"Pre userinfo creation 2", "Pre access token creation 2", "Pre SAML response creation 2"}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
}
