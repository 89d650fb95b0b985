package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/api"
	"flowbench/handlers"
	"flowbench/static"
	"flowbench/views/layout"
)

// access says who may use a route. What a person may do inside an organization
// is decided by the use case itself.
type access int

const (
	anyone   access = iota + 1 // also without a session
	signedIn                   // a person; the frame keeps the organization used last
	member                     // a person with a membership of the organization in the address
)

// pages are the sections of the navigation that exist.
var pages = []layout.Section{layout.Overview, layout.Actions, layout.Flows, layout.Runs, layout.Settings}

// route is one line of the table.
type route struct {
	method, path string
	access       access
	handle       handlers.Func
}

// routes is the table of the console.
func routes(console *handlers.Console) []route {
	login := handlers.Login{Console: console}
	account := handlers.Account{Console: console}
	consent := handlers.Consent{Console: console}
	overview := handlers.Overview{Console: console}
	settings := handlers.Settings{Console: console}
	flows := handlers.Flows{Console: console}
	help := handlers.NewHelp(console, api.OpenAPI())
	return append([]route{
		{http.MethodGet, "/help", signedIn, help.Index},
		{http.MethodGet, "/help/api", signedIn, help.API},
		{http.MethodGet, "/help/:topic", signedIn, help.Show},
		{http.MethodGet, "/sign-in", anyone, login.SignInPage},
		{http.MethodPost, "/sign-in", anyone, login.SignIn},
		{http.MethodPost, "/sign-out", anyone, login.SignOut},
		{http.MethodGet, "/setup", anyone, login.SetUpPage},
		{http.MethodPost, "/setup", anyone, login.SetUp},
		{http.MethodGet, "/", signedIn, login.Home},
		{http.MethodGet, "/account", signedIn, account.Show},
		{http.MethodPost, "/account", signedIn, account.Save},
		{http.MethodPost, "/account/end-session", signedIn, account.EndSession},
		{http.MethodGet, "/consent", signedIn, consent.Show},
		{http.MethodPost, "/consent", signedIn, consent.Decide},
		{http.MethodGet, "/o/:org", member, overview.Show},
		{http.MethodGet, "/o/:org/settings", member, settings.Show},
		{http.MethodPost, "/o/:org/settings", member, settings.Save},
		{http.MethodPost, "/o/:org/settings/stop", member, settings.Stop},
		{http.MethodGet, "/o/:org/flows", member, flows.Show},
		{http.MethodPost, "/o/:org/flows", member, flows.Change},
		{http.MethodGet, "/o/:org/flows/events", member, flows.News},
	}, actionRoutes(console)...)
}

// actionRoutes are the pages of actions, their versions and runs.
func actionRoutes(console *handlers.Console) []route {
	actions := handlers.Actions{Console: console}
	versions := handlers.Versions{Console: console}
	runs := handlers.Runs{Console: console}
	return []route{
		{http.MethodGet, "/o/:org/actions", member, actions.List},
		{http.MethodPost, "/o/:org/actions", member, actions.Create},
		{http.MethodGet, "/o/:org/actions/new", member, actions.New},
		{http.MethodGet, "/o/:org/actions/:id", member, actions.Show},
		{http.MethodPost, "/o/:org/actions/:id", member, actions.Save},
		{http.MethodPost, "/o/:org/actions/:id/deactivate", member, actions.Deactivate},
		{http.MethodPost, "/o/:org/actions/:id/reactivate", member, actions.Reactivate},
		{http.MethodGet, "/o/:org/actions/:id/delete", member, actions.AskDelete},
		{http.MethodPost, "/o/:org/actions/:id/delete", member, actions.Delete},
		{http.MethodPost, "/o/:org/actions/:id/undelete", member, actions.Undelete},
		{http.MethodGet, "/o/:org/actions/:id/versions", member, versions.List},
		{http.MethodGet, "/o/:org/actions/:id/versions/:version", member, versions.Show},
		{http.MethodPost, "/o/:org/actions/:id/versions/:version/restore", member, versions.Restore},
		{http.MethodPost, "/o/:org/scripts/check", member, actions.Check},
		{http.MethodGet, "/o/:org/samples", member, actions.Sample},
		{http.MethodPost, "/o/:org/samples", member, actions.SaveSample},
		{http.MethodGet, "/o/:org/completions", member, actions.Completions},
		{http.MethodGet, "/o/:org/runs", member, runs.List},
		{http.MethodGet, "/o/:org/runs/:id", member, runs.Show},
		{http.MethodPost, "/o/:org/runs/test", member, runs.Test},
	}
}

// mountConsole puts the pages and their files on the router.
func (s *Server) mountConsole(engine *gin.Engine) {
	files := gin.WrapH(s.files())
	engine.GET(static.Prefix+"*path", files)
	engine.HEAD(static.Prefix+"*path", files)
	around := []gin.HandlerFunc{s.secure, limitBody, s.crossOrigin(), s.console.Session}
	group := engine.Group("/", around...)
	for _, r := range routes(s.console) {
		group.Handle(r.method, r.path, append(guards(s.console, r.access), s.console.Do(r.handle))...)
	}
	engine.NoRoute(append(around, s.console.Do(s.console.NotFound))...)
}

func (s *Server) files() http.Handler {
	if s.config.Dev {
		return static.DevHandler("static/dist")
	}
	return static.Handler()
}

func guards(console *handlers.Console, a access) []gin.HandlerFunc {
	switch a {
	case anyone:
		return nil
	case signedIn:
		return []gin.HandlerFunc{console.SignedIn, console.LastOrg}
	default:
		return []gin.HandlerFunc{console.InOrg}
	}
}
