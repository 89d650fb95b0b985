package webtest

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"flowbench/auth"
	"flowbench/config"
	"flowbench/models"
	"flowbench/services"
	"flowbench/web"
)

// The administrator of every server that is not fresh.
const (
	Name     = "Ada Admin"
	Email    = "ada@example.com"
	Password = "correct horse battery"
	OrgName  = "Acme"
)

// App is a running server.
type App struct {
	URL       string
	Services  *services.Services
	Server    *web.Server
	Config    config.Config
	OrgID     string
	UserID    string
	SetupCode string // of a fresh server

	secret string
}

type setting struct {
	fresh  bool
	config func(*config.Config)
	log    *slog.Logger
}

// Option changes how a server is started.
type Option func(*setting)

// Fresh leaves the server as it is on its first start, without any user.
func Fresh() Option { return func(s *setting) { s.fresh = true } }

// WithConfig changes the configuration before the start.
func WithConfig(change func(*config.Config)) Option {
	return func(s *setting) { s.config = change }
}

// WithLog takes the server's log, which is discarded otherwise.
func WithLog(log *slog.Logger) Option { return func(s *setting) { s.log = log } }

// Start starts a server that ends with the test.
func Start(t testing.TB, options ...Option) *App {
	t.Helper()
	s := setting{log: slog.New(slog.DiscardHandler)}
	for _, o := range options {
		o(&s)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := &App{URL: "http://" + listener.Addr().String(), Config: config.Default()}
	app.Config.Database = "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	app.Config.ExternalURL = app.URL
	app.Config.Workers = 2
	if s.config != nil {
		s.config(&app.Config)
	}
	if app.Server, err = web.New(app.Config, s.log); err != nil {
		_ = listener.Close()
		t.Fatal(err)
	}
	app.Services = app.Server.Services()
	app.listen(t, listener)
	app.setUp(t, s.fresh)
	return app
}

func (a *App) listen(t testing.TB, listener net.Listener) {
	server := httptest.NewUnstartedServer(a.Server.Handler())
	_ = server.Listener.Close()
	server.Listener = listener
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		if err := a.Server.Close(); err != nil {
			t.Errorf("close server: %v", err)
		}
	})
}

func (a *App) setUp(t testing.TB, fresh bool) {
	t.Helper()
	ctx := context.Background()
	code, err := a.Services.Sessions.SetupCode(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if a.SetupCode = code; fresh {
		return
	}
	user, err := a.Services.Sessions.CreateFirstAdministrator(ctx, services.FirstAdministrator{
		Code: code, Name: Name, Email: Email, Password: Password, OrgName: OrgName,
	})
	if err != nil {
		t.Fatal(err)
	}
	a.UserID, a.OrgID, a.SetupCode = user.ID, user.OrgID, ""
	if a.secret, _, err = a.Services.Sessions.SignIn(ctx, Name, Password, "webtest", "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
}

// Context carries the administrator in the first organization.
func (a *App) Context() context.Context { return a.ContextIn(a.OrgID) }

// ContextIn carries the administrator in an organization.
func (a *App) ContextIn(orgID string) context.Context {
	return auth.WithPrincipal(context.Background(), &auth.Principal{
		UserID: a.UserID, Name: Name, OrgID: orgID, Source: models.SourceConsole,
		Permissions: auth.PermissionsOf([]string{string(auth.RoleIAMOwner)}),
	})
}

// SessionCookie is the cookie of the signed-in administrator.
func (a *App) SessionCookie() *http.Cookie {
	return &http.Cookie{Name: "flowbench_session", Value: a.secret}
}

// Token returns a fresh personal access token of the administrator.
func (a *App) Token(t testing.TB) string {
	t.Helper()
	_, secret, err := a.Services.Tokens.Create(a.Context(), a.UserID, nil)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// Action creates an action with defaults for what in leaves out.
func (a *App) Action(t testing.TB, in models.ActionInput) models.Action {
	t.Helper()
	if in.Script == "" {
		in.Script = "function " + in.Name + "(ctx, api) {\n}\n"
	}
	action, err := a.Services.Actions.Create(a.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return action
}

// Bind puts actions into a trigger, in this order.
func (a *App) Bind(t testing.TB, slug models.Slug, ids ...string) {
	t.Helper()
	trigger, ok := models.TriggerBySlug(slug)
	if !ok {
		t.Fatalf("no trigger %q", slug)
	}
	change := models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: ids}
	if _, err := a.Services.Flows.SetTriggerActions(a.Context(), change); err != nil {
		t.Fatal(err)
	}
}
