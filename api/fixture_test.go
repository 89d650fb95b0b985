package api_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gin-gonic/gin"

	"flowbench/api"
	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/script/worker"
	"flowbench/services"
	"flowbench/store"
)

// fixture is a running API with two organizations and a user of every kind.
type fixture struct {
	url      string
	services *services.Services
	vars     map[string]string // what case files may refer to
	stopping atomic.Bool
}

func TestMain(m *testing.M) {
	worker.Enter()
	os.Exit(m.Run())
}

// engine starts workers only when a script runs.
func engine(t testing.TB) script.Engine {
	t.Helper()
	e, err := script.New(script.Options{})
	if err != nil {
		t.Fatalf("start engine: %v", err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// start serves the API on a free port, HTTP/1.1 and HTTP/2 in plain text.
func start(t testing.TB, st *store.Store) *fixture {
	t.Helper()
	return startWith(t, st, services.Options{})
}

func startWith(t testing.TB, st *store.Store, o services.Options) *fixture {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	s := services.New(st, engine(t), o)
	f := &fixture{services: s}
	router := gin.New()
	api.Mount(router, api.Options{Services: s, ExternalURL: "https://flowbench.example:8443",
		Serving: func() bool { return !f.stopping.Load() }})
	server := httptest.NewUnstartedServer(router)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	f.url, f.vars = server.URL, map[string]string{"baseUrl": server.URL, "germanTexts": "yes"}
	f.populate(t)
	return f
}

func (f *fixture) populate(t testing.TB) {
	org, other := f.org(t, "Acme & Söhne"), f.org(t, "Other")
	f.vars["orgId"], f.vars["otherOrgId"] = org, other
	for name, role := range map[string]string{"owner": "ORG_OWNER", "viewer": "ORG_OWNER_VIEWER", "userManager": "ORG_USER_MANAGER",
		"noMember": "", "editor": "ORG_ACTION_EDITOR", "runner": "ORG_FLOW_RUNNER", "settings": "ORG_SETTINGS_MANAGER"} {
		f.user(t, name, org, org, role)
	}
	for name, role := range map[string]string{"iamOwner": "IAM_OWNER", "iamViewer": "IAM_OWNER_VIEWER", "iamOrgManager": "IAM_ORG_MANAGER"} {
		f.user(t, name, org, "", role)
	}
	f.user(t, "otherOwner", other, other, "ORG_OWNER")
}

func operator(orgID string) context.Context {
	return auth.WithPrincipal(context.Background(), auth.Operator(orgID))
}

func (f *fixture) org(t testing.TB, name string) string {
	t.Helper()
	org, err := f.services.Orgs.Create(operator(""), name)
	if err != nil {
		t.Fatalf("create organization %q: %v", name, err)
	}
	return org.ID
}

// user makes a machine user with a role and keeps its id and token as
// variables: nameId and nameToken.
func (f *fixture) user(t testing.TB, name, org, place, role string) {
	t.Helper()
	ctx := operator(org)
	user, err := f.services.Users.Create(ctx, models.User{OrgID: org, Name: name, Type: models.UserMachine}, "")
	if err != nil {
		t.Fatalf("create user %q: %v", name, err)
	}
	if role != "" {
		if _, err := f.services.Members.Set(ctx, user.ID, place, []string{role}); err != nil {
			t.Fatalf("give %q to %q: %v", role, name, err)
		}
	}
	_, secret, err := f.services.Tokens.Create(ctx, user.ID, nil)
	if err != nil {
		t.Fatalf("create token of %q: %v", name, err)
	}
	f.vars[name+"Id"], f.vars[name+"Token"] = user.ID, secret
}

// fresh is a copy of the variables with a new uid.
func (f *fixture) fresh() map[string]string {
	vars := map[string]string{"uid": strings.ToLower(rand.Text()[:8])}
	for name, value := range f.vars {
		vars[name] = value
	}
	return vars
}
