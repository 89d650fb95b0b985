package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func TestFrame(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Get(t, link.Org(app.OrgID).Overview())
	if got := page.Text("title"); got != "Overview · Acme · Flowbench" {
		t.Errorf("title %q", got)
	}
	for selector, want := range map[string]string{
		"body > a":                  "Skip to content",
		"header button":             "Organization: Acme",
		"header a[href='/account']": "Ada Admin",
		"nav[aria-label=Main] [aria-current=page]": "Overview",
		"main h1": "Overview",
	} {
		if got := page.Text(selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	for _, region := range []string{"#status[role=status]", "#alert[role=alert]"} {
		if page.Doc.Find(region).Length() != 1 || page.Text(region) != "" {
			t.Errorf("%s is not an empty live region", region)
		}
	}
	if page.Doc.Find("h1").Length() != 1 || page.Doc.Find("main").Length() != 1 {
		t.Error("a page has one h1 and one main")
	}
	if n := page.Doc.Find("[style], script:not([src]):not([type='application/json'])").Length(); n != 0 {
		t.Errorf("%d inline styles or scripts", n)
	}
}

func TestFrame_OtherOrganizationsKeepTheSection(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	beta, err := app.Services.Orgs.Create(app.Context(), "Beta")
	if err != nil {
		t.Fatal(err)
	}
	page := app.Get(t, link.Org(app.OrgID).Flows())
	if page.Doc.Find("dialog a[href='"+link.Org(beta.ID).Flows()+"']").Length() != 1 {
		t.Errorf("no link to the flows of the other organization in %s", page.Text("dialog"))
	}
	app.Get(t, link.Org(beta.ID).Overview())
	home := app.Do(t, webtest.Request{Path: "/", Cookies: []*http.Cookie{{Name: "flowbench_org", Value: beta.ID}}})
	if home.Location != link.Org(beta.ID).Overview() {
		t.Errorf("home leads to %q, not to the organization used last", home.Location)
	}
	if first := app.Get(t, link.Account()); !strings.Contains(first.Text("header"), "Organization: Acme") {
		t.Errorf("without a cookie the account page shows %q", first.Text("header"))
	}
	account := app.Do(t, webtest.Request{Path: link.Account(), Cookies: []*http.Cookie{{Name: "flowbench_org", Value: beta.ID}}})
	if !strings.Contains(account.Text("header"), "Organization: Beta") {
		t.Errorf("the account page shows %q", account.Text("header"))
	}
}

// person makes a user with roles in one organization and returns the cookie of
// a session.
func person(t *testing.T, app *webtest.App, orgID string, roles ...auth.Role) *http.Cookie {
	t.Helper()
	ctx := app.ContextIn(orgID)
	user, err := app.Services.Users.Create(ctx, models.User{OrgID: orgID, Name: "bob", Type: models.UserHuman, Email: "bob@example.com"}, "long enough")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range roles {
		names = append(names, string(r))
	}
	if _, err := app.Services.Members.Set(ctx, user.ID, orgID, names); err != nil {
		t.Fatal(err)
	}
	secret, _, err := app.Services.Sessions.SignIn(ctx, "bob", "long enough", "", "")
	if err != nil {
		t.Fatal(err)
	}
	return &http.Cookie{Name: "flowbench_session", Value: secret}
}

func TestOrganizationsOfOthersDoNotExist(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	beta, err := app.Services.Orgs.Create(app.Context(), "Beta")
	if err != nil {
		t.Fatal(err)
	}
	bob := person(t, app, beta.ID, auth.RoleOrgOwnerViewer)
	get := func(org string) *webtest.Page {
		return app.Do(t, webtest.Request{Path: link.Org(org).Overview(), Anonymous: true, Cookies: []*http.Cookie{bob}})
	}
	if own := get(beta.ID); own.Status != 200 || own.Doc.Find("#organization-list li").Length() != 1 {
		t.Errorf("own organization: %d, %d to switch to", own.Status, own.Doc.Find("#organization-list li").Length())
	}
	other, unknown := get(app.OrgID), get("12345")
	for name, page := range map[string]*webtest.Page{"other": other, "unknown": unknown} {
		if page.Status != http.StatusNotFound || page.Text("main p") != "This organization does not exist, or you cannot see it." {
			t.Errorf("%s: %d %q", name, page.Status, page.Text("main p"))
		}
		if strings.Contains(page.Body, "Acme") {
			t.Errorf("%s: the name of the organization is in the answer", name)
		}
	}
}

func TestFaultPages(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Get(t, "/no/such/page")
	if page.Status != http.StatusNotFound || page.Text("h1") != "Not found" || page.Text("main p") != "This page does not exist." {
		t.Errorf("%d %q %q", page.Status, page.Text("h1"), page.Text("main p"))
	}
	cross := app.Do(t, webtest.Request{Method: http.MethodPost, Path: link.Account(), Header: http.Header{"Sec-Fetch-Site": {"cross-site"}}})
	if cross.Status != http.StatusForbidden || cross.Text("h1") != "Not allowed" {
		t.Errorf("%d %q", cross.Status, cross.Text("h1"))
	}
	fragment := app.Do(t, webtest.Request{Path: link.Org("12345").Overview(), Fragment: true})
	if fragment.Status != http.StatusNotFound || fragment.Doc.Find("header").Length() != 0 || fragment.Text("[data-focus]") == "" {
		t.Errorf("fragment: %d %s", fragment.Status, fragment.Body)
	}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Get(t, link.Account())
	if page.Text("h1") != "Your account" || page.Doc.Find("html[data-theme]").Length() != 0 {
		t.Errorf("h1 %q", page.Text("h1"))
	}
	saved := app.Post(t, link.Account(), url.Values{"theme": {"dark"}, "language": {"en"}})
	if saved.Status != http.StatusSeeOther || saved.Location != link.Account() {
		t.Fatalf("%d to %q", saved.Status, saved.Location)
	}
	after := app.Do(t, webtest.Request{Path: link.Account(), Cookies: []*http.Cookie{saved.Cookie("flowbench_flash")}})
	if after.Doc.Find("html[data-theme=dark]").Length() != 1 || after.Text("[data-flash]") != "Saved." {
		t.Errorf("theme or flash is missing: %q", after.Text("[data-flash]"))
	}
	if after.Doc.Find("[name=theme][value=dark][checked]").Length() != 1 {
		t.Error("the choice is not checked")
	}
	if bad := app.Post(t, link.Account(), url.Values{"theme": {"pink"}}); bad.Status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown theme: %d", bad.Status)
	}
	app.Post(t, link.Account(), url.Values{"language": {"qps"}})
	if pseudo := app.Get(t, link.Account()); pseudo.Text("h1") == "Your account" || pseudo.Doc.Find("html[lang=qps]").Length() != 1 {
		t.Errorf("the language has no effect: %q", pseudo.Text("h1"))
	}
}

func TestOverview(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	overview := link.Org(app.OrgID).Overview()
	if steps := app.Get(t, overview).Doc.Find(".steps li").Length(); steps != 2 {
		t.Errorf("a new organization has %d steps", steps)
	}
	bound, lonely := app.Action(t, models.ActionInput{Name: "bound"}), app.Action(t, models.ActionInput{Name: "lonely"})
	app.Bind(t, models.PreUserinfo, bound.ID)
	page := app.Get(t, overview)
	if got := page.Text(".figures"); !strings.Contains(got, "Actions 2 all active") || !strings.Contains(got, "1 of 9") {
		t.Errorf("figures %q", got)
	}
	notice := page.Doc.Find("section a")
	if notice.Length() != 1 || notice.Text() != "lonely is active but runs nowhere." || notice.AttrOr("href", "") != link.Org(app.OrgID).Action(lonely.ID) {
		t.Errorf("notices %q", notice.Text())
	}
	app.Bind(t, models.PreAccessToken, lonely.ID)
	if got := app.Get(t, overview).Text("section p"); got != "Nothing needs attention." {
		t.Errorf("notices %q", got)
	}
}

func TestAccount_EndsOtherSessions(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	_, other, err := app.Services.Sessions.SignIn(app.Context(), webtest.Name, webtest.Password, "Mozilla/5.0 (X11; Linux) Firefox/150.0", "192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	page := app.Get(t, link.Account())
	if rows := page.Doc.Find("table[aria-label=Sessions] tbody tr"); rows.Length() != 2 || page.Doc.Find("table form").Length() != 1 {
		t.Fatalf("%d sessions, %d to end", rows.Length(), page.Doc.Find("table form").Length())
	}
	if got := page.Doc.Find("table form button").AttrOr("aria-label", ""); got != "Sign out Firefox, Linux" {
		t.Errorf("the button is named %q", got)
	}
	if done := app.Post(t, link.EndSession(), url.Values{"id": {other.ID}}); done.Location != link.Account() {
		t.Errorf("%d to %q", done.Status, done.Location)
	}
	if rows := app.Get(t, link.Account()).Doc.Find("table[aria-label=Sessions] tbody tr"); rows.Length() != 1 {
		t.Errorf("%d sessions are left", rows.Length())
	}
	if unknown := app.Post(t, link.EndSession(), url.Values{"id": {"nonsense"}}); unknown.Status != http.StatusNotFound {
		t.Errorf("an unknown session: %d", unknown.Status)
	}
}
