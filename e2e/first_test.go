//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/playwright-community/playwright-go"

	"flowbench/auth"
	"flowbench/models"
)

// TestFromAnEmptyServerToARunningFlow is the way of a newcomer: first
// administrator, first action, test runs that succeed and fail, and the flows
// board by pointer, keyboard and menu.
func TestFromAnEmptyServerToARunningFlow(t *testing.T) {
	t.Parallel()
	b := open(t, fresh, expectNoise("401")) // the API without a token
	b.becomeAdministrator()
	b.writeAction("setClaims", script("setClaims", "require('zitadel/log').log('hello');", "api.v1.claims.setClaim('tier', 'gold');"))
	b.runSucceeds()
	b.runFails()
	b.bindThreeWays()
	b.deactivateFromEditor("setClaims")
	b.visit("/o/" + b.OrgID + "/flows")
	b.visible(card(b.lane(userinfo), "setClaims").GetByText("Inactive, skipped"))
}

// becomeAdministrator goes through the set-up page, out again, and signs in.
func (b *bench) becomeAdministrator() {
	b.t.Helper()
	b.visit("/setup?code=" + b.SetupCode)
	b.heading("Create the first administrator")
	b.fill(b.field("Name"), "ada")
	b.fill(b.field("Email"), "ada@example.com")
	b.fill(b.field("Password"), "correct horse battery")
	b.fill(b.field("Organization"), "Acme")
	b.click(b.button("Create administrator"))
	b.visible(b.role("navigation", "Main"))
	found := regexp.MustCompile(`/o/(\d{18})`).FindStringSubmatch(b.Page.URL())
	if found == nil {
		b.t.Fatalf("after set-up the page is %s", b.Page.URL())
	}
	b.OrgID = found[1]
	users, err := b.Services.Users.List(auth.WithPrincipal(context.Background(), auth.Operator(b.OrgID)), b.OrgID)
	must(b.t, err)
	b.UserID = users[0].ID

	b.visit("/account")
	b.click(b.button("Sign out"))
	b.visible(b.button("Sign in"))
	b.signIn("ada@example.com", "correct horse battery")
	b.visible(b.role("navigation", "Main"))
}

// writeAction goes from the list to the form of a new action and creates it.
func (b *bench) writeAction(name, text string) {
	b.t.Helper()
	b.click(within(b.role("navigation", "Main"), "link", "Actions"))
	b.heading("Actions")
	b.click(b.link("New action").First())
	b.heading("New action")
	b.fill(b.field("Name"), name)
	b.fill(b.scriptField(), text)
	b.click(b.button("Create").First())
	b.heading(name)
}

// scriptField is the editor of the one script on the page.
func (b *bench) scriptField() playwright.Locator {
	return b.Page.GetByRole("textbox", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^Script of ")})
}

// run runs the script as it stands and expects a headline.
func (b *bench) run(headline string) playwright.Locator {
	b.t.Helper()
	b.click(within(b.role("tabpanel", "Test run"), "button", "Run"))
	result := b.region("Result")
	must(b.t, expect.Locator(result.GetByRole("heading", playwright.LocatorGetByRoleOptions{Level: playwright.Int(3)}).First()).ToContainText(headline))
	return result
}

func (b *bench) runSucceeds() {
	b.t.Helper()
	_, err := b.role("combobox", "Run as if triggered by").SelectOption(playwright.SelectOptionValues{Values: &[]string{string(models.PreUserinfo)}})
	must(b.t, err)
	result := b.run("Succeeded in")
	row := within(result, "table", "Effects").GetByRole("row").Filter(playwright.LocatorFilterOptions{HasText: "claims.tier"})
	must(b.t, expect.Locator(row).ToContainText("gold"))
	must(b.t, expect.Locator(within(result, "list", "Log")).ToContainText("hello"))
}

// runFails breaks the script without saving it and follows the link to the
// place of the failure: what is typed then lands there.
func (b *bench) runFails() {
	b.t.Helper()
	b.fill(b.scriptField(), script("setClaims", "const user = {};", "api.v1.claims.setClaim('tier', user.human.email);"))
	result := b.run("Failed in")
	must(b.t, expect.Locator(result).ToContainText("because this action is allowed to fail"))
	place := result.GetByRole("link", playwright.LocatorGetByRoleOptions{Name: regexp.MustCompile(`^Line 3, column \d+$`)}).First()
	b.click(place)
	must(b.t, expect.Locator(b.scriptField()).ToBeFocused())
	must(b.t, b.Page.Keyboard().Type("/*here*/"))
	text, err := b.Page.Locator("textarea[name=script]").InputValue()
	must(b.t, err)
	if lines := strings.Split(text, "\n"); len(lines) < 3 || !strings.Contains(lines[2], "/*here*/") {
		b.t.Errorf("the cursor was not in line 3:\n%s", text)
	}
	b.fill(b.scriptField(), script("setClaims", "api.v1.claims.setClaim('tier', 'gold');"))
	b.click(b.button("Save").First())
	must(b.t, expect.Locator(b.Page.GetByText(regexp.MustCompile(`^Saved at |^All changes saved$`)).First()).ToBeVisible())
}

// bindThreeWays brings three actions into one trigger, each in another way, and
// compares screen and API after a reload.
func (b *bench) bindThreeWays() {
	b.t.Helper()
	for _, name := range []string{"mapGroups", "addTier"} {
		b.Action(b.t, models.ActionInput{Name: name})
	}
	board := &flowsBoard{bench: b, token: b.Token(b.t)}
	board.reload()
	board.drag(board.card(palette, "setClaims"), board.cards(userinfo))
	board.status("setClaims is now position 1 of 1 in Complement token, Pre userinfo creation. Saved.")

	board.choose(palette, "mapGroups", "Add to Complement token, Pre userinfo creation")
	board.order(userinfo, "setClaims", "mapGroups")

	board.choose(palette, "addTier", "Add to Complement token, Pre userinfo creation")
	must(b.t, board.handle(userinfo, "addTier").Focus())
	board.press("Space", "Home", "Space")
	board.status("addTier is now position 1 of 3 in Complement token, Pre userinfo creation. Saved.")

	board.reload()
	board.both(userinfo, models.PreUserinfo, "addTier", "setClaims", "mapGroups")
}

// deactivateFromEditor opens an action from its card and turns it off.
func (b *bench) deactivateFromEditor(name string) {
	b.t.Helper()
	b.click(within(card(b.lane(userinfo), name), "link", name))
	b.heading(name)
	b.click(b.button("Deactivate"))
	b.visible(b.button("Activate"))
}

// api asks the JSON API as the administrator and reads the answer.
func (b *bench) api(method, path, body string, into any) {
	b.t.Helper()
	if b.token == "" {
		b.token = b.Token(b.t)
	}
	request, err := http.NewRequest(method, b.URL+path, strings.NewReader(body))
	must(b.t, err)
	request.Header.Set("Authorization", "Bearer "+b.token)
	answer, err := http.DefaultClient.Do(request)
	must(b.t, err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	must(b.t, err)
	if answer.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %d %s", method, path, answer.StatusCode, data)
	}
	must(b.t, json.Unmarshal(data, into))
}

// TestAPISeesWhatTheConsoleWrites compares a form with the JSON API.
func TestAPISeesWhatTheConsoleWrites(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.visit("/o/" + b.OrgID + "/actions")
	text := script("fromConsole")
	b.writeAction("fromConsole", text)
	var list struct {
		Result []struct{ Name, State, Script string }
	}
	b.api(http.MethodPost, "/management/v1/actions/_search", "{}", &list)
	want := []struct{ Name, State, Script string }{{"fromConsole", "ACTION_STATE_ACTIVE", text}}
	if diff := cmp.Diff(want, list.Result); diff != "" {
		t.Errorf("the API (-want +got):\n%s", diff)
	}
}
