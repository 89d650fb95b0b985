package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"flowbench/config"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func signIn(t *testing.T, app *webtest.App, name, password, next string) *webtest.Page {
	t.Helper()
	return app.Do(t, webtest.Request{Method: http.MethodPost, Path: link.SignIn(""), Anonymous: true,
		Form: url.Values{"name": {name}, "password": {password}, "next": {next}}})
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Do(t, webtest.Request{Path: link.SignIn(""), Anonymous: true})
	if page.Status != 200 || page.Text("h1") != "Sign in" || page.Text("title") != "Sign in · Flowbench" {
		t.Errorf("page: %d %q %q", page.Status, page.Text("h1"), page.Text("title"))
	}
	if page.Doc.Find("nav").Length() != 0 {
		t.Error("the navigation shows before sign-in")
	}
	for _, name := range []string{webtest.Email, strings.ToUpper(webtest.Name)} {
		done := signIn(t, app, name, webtest.Password, "")
		cookie := done.Cookie("flowbench_session")
		if done.Status != http.StatusSeeOther || done.Location != "/" || cookie == nil {
			t.Fatalf("%s: status %d to %q", name, done.Status, done.Location)
		}
		if week := 7 * 24 * 60 * 60; cookie.MaxAge > week || cookie.MaxAge < week-60 {
			t.Errorf("the cookie lives %d seconds", cookie.MaxAge)
		}
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure || cookie.Path != "/" {
			t.Errorf("cookie %v", cookie)
		}
		home := app.Do(t, webtest.Request{Path: "/", Anonymous: true, Cookies: []*http.Cookie{cookie}})
		if home.Location != link.Org(app.OrgID).Overview() {
			t.Errorf("home leads to %q", home.Location)
		}
	}
}

func TestSignIn_WrongCredentialsKeepTheName(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	for _, name := range []string{webtest.Email, "nobody@example.com"} {
		page := signIn(t, app, name, "wrong", "/account")
		if page.Status != http.StatusUnprocessableEntity || page.Text("[data-focus]") != "Email or password is not right." {
			t.Errorf("%s: %d %q", name, page.Status, page.Text("[data-focus]"))
		}
		if v, _ := page.Doc.Find("[name=name]").Attr("value"); v != name {
			t.Errorf("the name became %q", v)
		}
		if v, _ := page.Doc.Find("[name=next]").Attr("value"); v != "/account" {
			t.Errorf("next became %q", v)
		}
		if strings.Contains(page.Body, "wrong\"") || page.Cookie("flowbench_session") != nil {
			t.Error("the password or a session is in the answer")
		}
	}
}

func TestSignIn_GoesOnlyToThisServer(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	for next, want := range map[string]string{
		"/account": "/account", "/o/1?q=a": "/o/1?q=a", "https://evil.example/": "/", "//evil.example/": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "account": "/",
	} {
		if page := signIn(t, app, webtest.Email, webtest.Password, next); page.Location != want {
			t.Errorf("next %q leads to %q, want %q", next, page.Location, want)
		}
	}
}

func TestSignIn_TooManyTriesSayWhen(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	var page *webtest.Page
	for range 12 {
		page = signIn(t, app, webtest.Email, "wrong", "")
	}
	if page.Status != http.StatusTooManyRequests || !strings.HasPrefix(page.Text("[data-focus]"), "Too many tries. Try again in 15 minutes") {
		t.Errorf("status %d, %q", page.Status, page.Text("[data-focus]"))
	}
}

func TestSignOut_EndsTheSession(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Post(t, link.SignOut(), nil)
	if page.Status != http.StatusSeeOther || page.Location != link.SignIn("") {
		t.Errorf("status %d to %q", page.Status, page.Location)
	}
	if cookie := page.Cookie("flowbench_session"); cookie == nil || cookie.MaxAge >= 0 {
		t.Errorf("cookie %v", cookie)
	}
	next := app.Do(t, webtest.Request{Path: page.Location, Cookies: []*http.Cookie{page.Cookie("flowbench_flash")}})
	if next.Text("[data-flash]") != "You are signed out." {
		t.Errorf("flash %q", next.Text("[data-flash]"))
	}
	if after := app.Get(t, link.Account()); after.Status != http.StatusSeeOther {
		t.Errorf("the old session still works: %d", after.Status)
	}
}

func TestSessionEnded(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	want := link.SignIn(link.Org(app.OrgID).Overview())
	if page := app.Do(t, webtest.Request{Path: link.Org(app.OrgID).Overview(), Anonymous: true}); page.Location != want {
		t.Errorf("a page leads to %q, want %q", page.Location, want)
	}
	page := app.Do(t, webtest.Request{Path: link.Account(), Anonymous: true, Fragment: true})
	if page.Status != http.StatusUnauthorized || page.Text("dialog h2") != "Sign in again" {
		t.Errorf("a script gets %d %q", page.Status, page.Text("dialog h2"))
	}
	again := app.Do(t, webtest.Request{Method: http.MethodPost, Path: link.SignIn(""), Anonymous: true, Fragment: true,
		Form: url.Values{"name": {webtest.Name}, "password": {webtest.Password}}})
	if again.Status != http.StatusNoContent || again.Cookie("flowbench_session") == nil {
		t.Errorf("the dialog gets %d", again.Status)
	}
}

func TestSetUp(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t, webtest.Fresh())
	if page := app.Get(t, link.SignIn("")); page.Doc.Find(".banner-box").Length() != 1 {
		t.Error("the sign-in page does not point to the set-up link")
	}
	for _, code := range []string{"", "wrong"} {
		if page := app.Get(t, link.SetUp(code)); page.Status != http.StatusForbidden {
			t.Errorf("code %q: status %d", code, page.Status)
		}
	}
	page := app.Get(t, link.SetUp(app.SetupCode))
	if page.Status != 200 || page.Text("h1") != "Create the first administrator" {
		t.Fatalf("%d %q", page.Status, page.Text("h1"))
	}
	form := url.Values{"code": {app.SetupCode}, "name": {"Ada"}, "email": {"ada@example.com"}, "password": {"short"}, "org": {"Acme"}}
	weak := app.Post(t, link.SetUp(""), form)
	if weak.Status != http.StatusUnprocessableEntity || weak.Text("#password-error") != "The password must have at least 8 characters." {
		t.Errorf("weak: %d %q", weak.Status, weak.Text("#password-error"))
	}
	if v, _ := weak.Doc.Find("[name=org]").Attr("value"); v != "Acme" {
		t.Errorf("the organization became %q", v)
	}
	form.Set("password", "long enough")
	done := app.Post(t, link.SetUp(""), form)
	if done.Status != http.StatusSeeOther || done.Cookie("flowbench_session") == nil {
		t.Fatalf("done: %d %s", done.Status, done.Body)
	}
	home := app.Do(t, webtest.Request{Path: "/", Cookies: []*http.Cookie{done.Cookie("flowbench_session")}})
	overview := app.Do(t, webtest.Request{Path: home.Location, Cookies: []*http.Cookie{done.Cookie("flowbench_session")}})
	if !strings.Contains(overview.Text("header"), "Organization: Acme") {
		t.Errorf("banner %q", overview.Text("header"))
	}
	if again := app.Get(t, link.SetUp(app.SetupCode)); again.Status == 200 {
		t.Error("the set-up page is shown twice")
	}
	if again := app.Post(t, link.SetUp(""), form); again.Status == http.StatusSeeOther {
		t.Error("a second administrator was created")
	}
}

func TestCookies_BehindTLS(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t, webtest.WithConfig(func(c *config.Config) { c.ExternalURL = "https://flows.example.com" }))
	page := signIn(t, app, webtest.Email, webtest.Password, "")
	cookie := page.Cookie("__Host-flowbench_session")
	if cookie == nil || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("cookie %v", cookie)
	}
}
