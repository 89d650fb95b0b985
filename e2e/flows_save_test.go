//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/link"
)

// flowScreens are the states of the board that the accessibility test visits.
var flowScreens = []screen{
	{"flows", nil, func(b *bench) {
		b.fillBoard()
		b.visit(link.Org(b.OrgID).Flows())
		b.heading("Flows")
	}},
	{"flows empty", nil, func(b *bench) {
		b.visit(link.Org(b.OrgID).Flows())
		b.heading("Flows")
	}},
	{"flows failing", []option{expectNoise("Failed to load resource")}, func(b *bench) {
		b.fillBoard()
		b.visit(link.Org(b.OrgID).Flows())
		must(b.t, b.Page.Route("**/flows", func(r playwright.Route) { _ = r.Abort() }))
		b.click(within(b.lane(userinfo), "button", "Move or remove setClaims"))
		b.click(b.role("menuitem", "Move down"))
		b.visible(b.button("Retry"))
	}},
	{"flows menu", nil, func(b *bench) {
		b.fillBoard()
		b.visit(link.Org(b.OrgID).Flows())
		b.click(within(b.lane(userinfo), "button", "Move or remove setClaims"))
		b.visible(b.role("menuitem", "Move down"))
	}},
	{"flows held", nil, func(b *bench) {
		b.fillBoard()
		b.visit(link.Org(b.OrgID).Flows())
		b.click(b.role("switch", "Hold changes"))
		b.click(within(b.lane(userinfo), "button", "Move or remove setClaims"))
		b.click(b.role("menuitem", "Move down"))
		b.click(within(b.lane(saml), "button", "Pre SAML response creation"))
		b.visible(b.lane(saml).GetByText("Login versions 1 and 2."))
	}},
	{"flows add", nil, func(b *bench) {
		b.fillBoard()
		b.Action(b.t, models.ActionInput{Name: "addTier"})
		b.visit(link.Org(b.OrgID).Flows())
		b.click(within(b.lane(userinfo), "button", "Add action to Complement token, Pre userinfo creation"))
		b.visible(b.role("option", "addTier"))
	}},
}

// fillBoard binds two actions to every trigger.
func (b *bench) fillBoard() {
	b.t.Helper()
	first := b.Action(b.t, models.ActionInput{Name: "setClaims", AllowedToFail: true, Timeout: models.MaxTimeout / 2}).ID
	second := b.Action(b.t, models.ActionInput{Name: "legacyAudit"}).ID
	_, err := b.Services.Actions.Deactivate(b.Context(), second)
	must(b.t, err)
	for _, trigger := range models.Triggers() {
		b.Bind(b.t, trigger.Slug, first, second)
	}
}

func TestFailedDropGoesBackAndCanBeRetried(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}}, expectNoise("Failed to load resource"))
	must(t, b.Page.Route("**/flows", func(r playwright.Route) { _ = r.Abort() }))
	b.drag(b.card(userinfo, "setClaims"), b.cards(accessToken))
	must(t, expect.Locator(b.Page.GetByRole("alert")).ToContainText("setClaims is back where it was. The server did not answer."))
	b.saveState("Not saved: The server did not answer.")
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")
	b.both(accessToken, models.PreAccessToken)
	must(t, expect.Locator(b.button("Undo")).ToHaveAttribute("aria-disabled", "true"))

	must(t, b.Page.Unroute("**/flows"))
	b.click(b.button("Retry"))
	b.status("setClaims is now position 1 of 1 in Complement token, Pre access token creation. Saved.")
	b.both(userinfo, models.PreUserinfo, "mapGroups")
	b.both(accessToken, models.PreAccessToken, "setClaims")
	must(t, expect.Locator(b.button("Retry")).ToBeHidden())
}

func TestUndoAndRedoForTheWholeVisit(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})
	b.choose(userinfo, "mapGroups", "Move to top")
	b.choose(userinfo, "setClaims", "Move to Complement token, Pre access token creation")
	b.choose(accessToken, "setClaims", "Remove from Complement token, Pre access token creation")
	b.stored(models.PreAccessToken)

	b.click(b.button("Undo"))
	b.status("Undone: setClaims removed from Complement token, Pre access token creation.")
	b.both(accessToken, models.PreAccessToken, "setClaims")
	b.press("Control+z")
	b.status("Undone: setClaims moved from Complement token, Pre userinfo creation to Complement token, Pre access token creation.")
	b.press("Control+z")
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")
	b.both(accessToken, models.PreAccessToken)
	must(t, expect.Locator(b.button("Undo")).ToHaveAttribute("aria-disabled", "true"))

	b.press("Control+Shift+z", "Control+y")
	b.both(userinfo, models.PreUserinfo, "mapGroups")
	b.both(accessToken, models.PreAccessToken, "setClaims")
}

func TestConflictAsksWhoseOrderCounts(t *testing.T) {
	t.Parallel()
	for _, choice := range []struct {
		button string
		want   []string
	}{
		{"Keep theirs", []string{"addTier", "setClaims", "mapGroups"}},
		{"Apply mine", []string{"mapGroups", "setClaims"}},
	} {
		t.Run(choice.button, func(t *testing.T) {
			t.Parallel()
			b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}}, expectNoise("Failed to load resource"))
			b.stopNews()
			b.set(models.PreUserinfo, "addTier", "setClaims", "mapGroups")
			b.choose(userinfo, "mapGroups", "Move up")
			dialog := b.role("dialog", "Somebody else changed this")
			b.visible(dialog)
			must(t, expect.Locator(dialog.GetByRole("listitem")).ToHaveText([]string{"addTier", "setClaims", "mapGroups", "mapGroups", "setClaims"}))
			b.click(within(dialog, "button", choice.button))
			b.both(userinfo, models.PreUserinfo, choice.want...)
		})
	}
}

// stopNews keeps the page from hearing of changes by others.
func (b *flowsBoard) stopNews() {
	b.t.Helper()
	must(b.t, b.Page.Route("**/flows/events", func(r playwright.Route) { _ = r.Abort() }))
	b.reload()
}

func TestHeldChangesAreAppliedTogether(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})
	hold := b.role("switch", "Hold changes")
	b.click(hold)
	must(t, expect.Locator(hold).ToHaveAttribute("aria-checked", "true"))
	b.choose(userinfo, "mapGroups", "Move up")
	b.choose(userinfo, "setClaims", "Also add to Complement SAML response, Pre SAML response creation")
	b.saveState("Unsaved changes")
	b.visible(b.Page.GetByText("2 changes not applied"))
	b.visible(b.lane(userinfo).GetByText("changed"))
	b.stored(models.PreUserinfo, "setClaims", "mapGroups")
	b.stored(models.PreSAMLResponse)

	b.click(b.button("Review"))
	dialog := b.role("dialog", "Changes not applied")
	must(t, expect.Locator(dialog.GetByRole("listitem")).ToHaveText([]string{"setClaims", "mapGroups", "mapGroups", "setClaims", "setClaims"}))
	b.click(within(dialog, "button", "Apply"))
	b.status("2 triggers changed. Saved.")
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")
	b.both(saml, models.PreSAMLResponse, "setClaims")

	b.choose(userinfo, "setClaims", "Move up")
	b.click(b.button("Discard"))
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")
	b.reload()
	must(t, expect.Locator(hold).ToHaveAttribute("aria-checked", "true"))
}

func TestViewerLooksButCannotChange(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "legacyAudit"}})
	b.becomeViewer()
	b.reload()
	b.visible(b.Page.GetByText("You can look but not change flows."))
	b.order(userinfo, "setClaims", "legacyAudit")
	must(t, expect.Locator(b.Page.GetByRole("button", playwright.PageGetByRoleOptions{Name: "Reorder"})).ToHaveCount(0))
	must(t, expect.Locator(b.Page.GetByRole("button", playwright.PageGetByRoleOptions{Name: "Move or remove"})).ToHaveCount(0))
	b.accessible("read only")
}

// becomeViewer signs in as somebody who may only look.
func (b *flowsBoard) becomeViewer() {
	b.t.Helper()
	const password = "battery staple horse"
	ctx := b.Context()
	user, err := b.Services.Users.Create(ctx, models.User{OrgID: b.OrgID, Name: "vera", Type: models.UserHuman, Email: "vera@example.com"}, password)
	must(b.t, err)
	_, err = b.Services.Members.Set(ctx, user.ID, b.OrgID, []string{string(auth.RoleOrgOwnerViewer)})
	must(b.t, err)
	secret, _, err := b.Services.Sessions.SignIn(ctx, "vera", password, "e2e", "127.0.0.1")
	must(b.t, err)
	cookie := sessionCookie(b.App)
	cookie.Value = secret
	must(b.t, b.context.AddCookies([]playwright.OptionalCookie{cookie}))
}

func TestBoardWorksWithoutScript(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}}, noScript)
	do := func(region, name, entry string) {
		b.click(within(b.lane(region), "button", "Move or remove "+name))
		_, err := within(b.lane(region), "combobox", "What to do with "+name).SelectOption(playwright.SelectOptionValues{Labels: &[]string{entry}})
		must(t, err)
		b.click(within(b.lane(region), "button", "Do it"))
	}
	do(userinfo, "mapGroups", "Move up")
	b.both(userinfo, models.PreUserinfo, "mapGroups", "setClaims")
	b.visible(b.Page.GetByText("mapGroups is now position 1 of 2 in Complement token, Pre userinfo creation. Saved."))
	do(userinfo, "setClaims", "Move to Complement token, Pre access token creation")
	b.both(accessToken, models.PreAccessToken, "setClaims")
	do(accessToken, "setClaims", "Remove from Complement token, Pre access token creation")
	b.both(accessToken, models.PreAccessToken)

	add := within(b.lane(userinfo), "button", "Add action to Complement token, Pre userinfo creation")
	b.click(add)
	b.fill(b.lane(userinfo).GetByLabel("Name of the action"), "addTier")
	b.click(within(b.lane(userinfo), "button", "Add"))
	b.both(userinfo, models.PreUserinfo, "mapGroups", "addTier")

	b.click(b.button("Complement token"))
	if !strings.HasSuffix(b.Page.URL(), "?flow=complement-token") {
		t.Errorf("the filter is not in the address: %s", b.Page.URL())
	}
	must(t, expect.Locator(b.lane(external)).ToBeHidden())
}

func TestFilterShowsOneFlow(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims"}})
	b.choose(userinfo, "setClaims", "Also add to Complement token, Pre access token creation")
	b.click(b.button("Complement token"))
	must(t, expect.Locator(b.lane(external)).ToBeHidden())
	b.visible(b.lane(userinfo))
	must(t, expect.Page(b.Page).ToHaveURL(link.Org(b.OrgID).Flows()+"?flow=complement-token"))
	b.click(b.button("Undo")) // the visit's history survives the filter
	b.both(accessToken, models.PreAccessToken)
	b.reload()
	b.visible(b.lane(external))
}

func TestPaletteFilter(t *testing.T) {
	t.Parallel()
	b := board(t, nil)
	must(t, expect.Locator(b.cards(palette).GetByRole("listitem")).ToHaveCount(4))
	b.fill(b.role("searchbox", "Filter actions"), "TIER")
	must(t, expect.Locator(b.cards(palette).GetByRole("listitem")).ToHaveCount(1))
	b.status("1 action")
	b.fill(b.role("searchbox", "Filter actions"), "nothing")
	b.visible(b.lane(palette).GetByText("No action matches."))
}

func TestBoardFollowsChangesByOthers(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups"}})
	b.order(userinfo, "setClaims", "mapGroups")

	b.set(models.PreAccessToken, "addTier")
	b.order(accessToken, "addTier")
	b.visible(b.lane(accessToken).GetByText("Changed by Ada Admin just now."))

	b.ids["newcomer"] = b.Action(t, models.ActionInput{Name: "newcomer"}).ID
	b.set(models.PreAccessToken, "newcomer", "addTier")
	b.order(accessToken, "newcomer", "addTier")
	must(t, expect.Locator(b.card(palette, "newcomer")).ToBeVisible())

	_, err := b.Services.Actions.Deactivate(b.Context(), b.ids["newcomer"])
	must(t, err)
	must(t, expect.Locator(b.card(accessToken, "newcomer")).ToContainText("Inactive, skipped"))

	b.api(http.MethodPost, "/management/v1/flows/2/trigger/4",
		`{"actionIds":["`+b.ids["mapGroups"]+`","`+b.ids["setClaims"]+`"]}`, &struct{}{})
	b.order(userinfo, "mapGroups", "setClaims")
	b.visible(b.lane(userinfo).GetByText("Order set by Ada Admin differs from yours."))
	b.click(within(b.lane(userinfo), "button", "Restore my order"))
	b.both(userinfo, models.PreUserinfo, "setClaims", "mapGroups")
}

func TestTwoBrowsersOnOneLane(t *testing.T) {
	t.Parallel()
	b := board(t, lanes{models.PreUserinfo: {"setClaims", "mapGroups", "addTier"}})
	other := &flowsBoard{bench: b.another(), token: b.token, ids: b.ids}
	other.reload()
	b.choose(userinfo, "addTier", "Move to top")
	other.order(userinfo, "addTier", "setClaims", "mapGroups")
	other.choose(userinfo, "mapGroups", "Move up")
	b.both(userinfo, models.PreUserinfo, "addTier", "mapGroups", "setClaims")
}
