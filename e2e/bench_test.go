//go:build e2e

package e2e

import (
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/web/webtest"
)

// bench is one server with one browser context and its page.
type bench struct {
	*webtest.App
	Page playwright.Page

	t       *testing.T
	context playwright.BrowserContext
	noise   []string
	token   string // of the administrator, made when the API is first asked
}

// setting is what an option of open changes.
type setting struct {
	fresh     bool // no administrator yet
	anonymous bool // not signed in
	noise     []string
	context   playwright.BrowserNewContextOptions
}

type option func(*setting)

// fresh leaves the server as it is on its first start, without any user.
func fresh(s *setting) { s.fresh, s.anonymous = true, true }

// anonymous opens a page that is not signed in.
func anonymous(s *setting) { s.anonymous = true }

// noScript turns scripts off.
func noScript(s *setting) { s.context.JavaScriptEnabled = playwright.Bool(false) }

// touch makes a phone with a touch screen.
func touch(s *setting) {
	s.context.HasTouch, s.context.IsMobile = playwright.Bool(true), playwright.Bool(true)
	size(390, 800)(s)
}

// size sets the viewport.
func size(width, height int) option {
	return func(s *setting) { s.context.Viewport = &playwright.Size{Width: width, Height: height} }
}

// expectNoise lets console errors pass that contain one of the texts: the
// browser reports every answer of 400 and above, also the wanted ones.
func expectNoise(parts ...string) option {
	return func(s *setting) { s.noise = append(s.noise, parts...) }
}

// open starts a server with one organization and its administrator, and a page
// that is signed in as that administrator.
func open(t *testing.T, options ...option) *bench {
	t.Helper()
	s := settings(options)
	var app *webtest.App
	if s.fresh {
		app = webtest.Start(t, webtest.Fresh())
	} else {
		app = webtest.Start(t)
	}
	return visit(t, app, s)
}

// another opens a second browser context on the same server.
func (b *bench) another(options ...option) *bench {
	b.t.Helper()
	return visit(b.t, b.App, settings(options))
}

func settings(options []option) setting {
	s := setting{context: playwright.BrowserNewContextOptions{
		Locale: playwright.String("en-GB"), TimezoneId: playwright.String("UTC"),
		StrictSelectors: playwright.Bool(true), ReducedMotion: playwright.ReducedMotionReduce,
		Viewport: &playwright.Size{Width: 1280, Height: 800},
	}}
	for _, o := range options {
		o(&s)
	}
	return s
}

// visit makes the browser context and its page.
func visit(t *testing.T, app *webtest.App, s setting) *bench {
	t.Helper()
	s.context.BaseURL = playwright.String(app.URL)
	context, err := browser.NewContext(s.context)
	must(t, err)
	context.SetDefaultTimeout(10_000)
	must(t, context.Tracing().Start(playwright.TracingStartOptions{Screenshots: playwright.Bool(true), Snapshots: playwright.Bool(true)}))
	if !s.anonymous {
		must(t, context.AddCookies([]playwright.OptionalCookie{sessionCookie(app)}))
	}
	page, err := context.NewPage()
	must(t, err)
	b := &bench{App: app, context: context, Page: page, t: t, noise: s.noise}
	must(t, b.guard(page))
	t.Cleanup(b.finish)
	return b
}

// sessionCookie plants a session instead of clicking through the sign-in.
func sessionCookie(app *webtest.App) playwright.OptionalCookie {
	cookie := app.SessionCookie()
	return playwright.OptionalCookie{Name: cookie.Name, Value: cookie.Value, URL: playwright.String(app.URL)}
}
