package services

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/store"
)

//go:embed demo/*.js
var demoScripts embed.FS

// DemoSignIn is how to sign in to a demonstration.
type DemoSignIn struct {
	OrgID    string
	Name     string
	Password string
}

// demoActions are the actions of the demonstration, in the order made.
var demoActions = []struct {
	name          string
	timeout       time.Duration
	allowedToFail bool
	inactive      bool
}{
	{name: "flattenRoles", timeout: 2 * time.Second},
	{name: "addDepartment", timeout: 2 * time.Second, allowedToFail: true},
	{name: "askEntitlements", timeout: 5 * time.Second, allowedToFail: true},
	{name: "mapProviderNames", timeout: 2 * time.Second, allowedToFail: true},
	{name: "allowCompanyDomains", timeout: time.Second},
	{name: "grantStarterRole", timeout: time.Second, allowedToFail: true},
	{name: "samlDepartment", timeout: 2 * time.Second, allowedToFail: true, inactive: true},
	{name: "legacyNickname", timeout: time.Second, allowedToFail: true},
}

// demoLanes says which actions are bound where, in order.
var demoLanes = []struct {
	slug    models.Slug
	actions []string
}{
	{models.ExternalPostAuthentication, []string{"mapProviderNames"}},
	{models.ExternalPreCreation, []string{"allowCompanyDomains"}},
	{models.ExternalPostCreation, []string{"grantStarterRole"}},
	{models.InternalPreCreation, []string{"allowCompanyDomains"}},
	{models.InternalPostCreation, []string{"grantStarterRole"}},
	{models.PreUserinfo, []string{"flattenRoles", "addDepartment", "legacyNickname"}},
	{models.PreAccessToken, []string{"flattenRoles", "askEntitlements"}},
	{models.PreSAMLResponse, []string{"samlDepartment"}},
}

// demoRuns are test runs that a newcomer finds, the oldest first.
var demoRuns = []struct {
	action string
	slug   models.Slug
}{
	{"mapProviderNames", models.ExternalPostAuthentication},
	{"allowCompanyDomains", models.InternalPreCreation},
	{"flattenRoles", models.PreUserinfo},
	{"legacyNickname", models.PreUserinfo},
	{"askEntitlements", models.PreAccessToken},
	{"addDepartment", models.PreUserinfo},
}

// demoStubs answers the licence service, so that its run needs no network.
var demoStubs = script.HTTPOptions{Mode: script.HTTPStub, Stubs: []script.Stub{{
	URL: "https://licences.acme.example/*", Status: 200, Body: `{"features":["export","audit"]}`,
}}}

// Demo fills an empty database with an organization that a newcomer can look
// around in, and returns how to sign in. A database with users or actions is
// refused.
func (s *Services) Demo(ctx context.Context) (DemoSignIn, error) {
	signIn := DemoSignIn{Name: "ada", Password: auth.NewSecret()[:16]}
	ids := map[string]string{}
	var principal *auth.Principal
	err := s.core.store.Tx(ctx, func(st *store.Store) error {
		inside := *s.core
		inside.store, inside.newID = st, st.NewID
		clear(ids)
		user, err := inside.demoAdministrator(ctx, signIn)
		if err != nil {
			return err
		}
		principal = &auth.Principal{UserID: user.ID, Name: displayName(user), OrgID: user.OrgID, Source: models.SourceConsole,
			Permissions: auth.PermissionsOf([]string{string(auth.RoleIAMOwner)})}
		return inside.demoContent(auth.WithPrincipal(ctx, principal), ids)
	})
	if err != nil {
		return DemoSignIn{}, err
	}
	signIn.OrgID = principal.OrgID
	return signIn, s.demoRuns(auth.WithPrincipal(ctx, principal), ids)
}

// demoAdministrator makes the organization and its owner.
func (c *core) demoAdministrator(ctx context.Context, signIn DemoSignIn) (models.User, error) {
	if err := c.store.LockInstance(ctx); err != nil {
		return models.User{}, err
	}
	if err := c.requireEmpty(ctx); err != nil {
		return models.User{}, err
	}
	sessions := Sessions{core: c}
	org, err := sessions.firstOrg(ctx, c.store)
	if err != nil {
		return models.User{}, err
	}
	if err := c.rename(ctx, c.store, org.ID, "Acme Outfitters"); err != nil {
		return models.User{}, err
	}
	user, err := prepareUser(models.User{OrgID: org.ID, Name: signIn.Name, DisplayName: "Ada Berg", Email: "ada@acme.example", Type: models.UserHuman}, signIn.Password)
	if err != nil {
		return models.User{}, err
	}
	if user.ID, err = c.newID(); err != nil {
		return models.User{}, err
	}
	return user, c.administrator(ctx, c.store, &user)
}

// requireEmpty refuses a database in which somebody has worked already. The
// organization that every start makes is no work.
func (c *core) requireEmpty(ctx context.Context) error {
	users, err := c.store.CountUsers(ctx)
	if err != nil {
		return err
	}
	orgs, err := c.store.Orgs(ctx)
	if err != nil {
		return err
	}
	used := func(o models.Org) bool { return o.ActionCount > 0 }
	if users > 0 || len(orgs) > 1 || slices.ContainsFunc(orgs, used) {
		return models.Precondition(models.RuleDatabaseNotEmpty, "The database has content already. A demonstration needs an empty one.")
	}
	return nil
}

// demoContent makes and binds the actions.
func (c *core) demoContent(ctx context.Context, ids map[string]string) error {
	actions, flows := Actions{c}, Flows{c}
	for _, d := range demoActions {
		text, err := demoScripts.ReadFile("demo/" + d.name + ".js")
		if err != nil {
			return fmt.Errorf("read demonstration: %w", err)
		}
		a, err := actions.Create(ctx, models.ActionInput{Name: d.name, Script: string(text), Timeout: d.timeout, AllowedToFail: d.allowedToFail})
		if err != nil {
			return err
		}
		ids[d.name] = a.ID
		if !d.inactive {
			continue
		}
		if _, err := actions.Deactivate(ctx, a.ID); err != nil {
			return err
		}
	}
	for _, lane := range demoLanes {
		t, _ := models.TriggerBySlug(lane.slug)
		change := models.LaneChange{Flow: t.Flow, Trigger: t.Trigger}
		for _, name := range lane.actions {
			change.ActionIDs = append(change.ActionIDs, ids[name])
		}
		if _, err := flows.SetTriggerActions(ctx, change); err != nil {
			return err
		}
	}
	return nil
}

// demoRuns runs some actions where an engine is there.
func (s *Services) demoRuns(ctx context.Context, ids map[string]string) error {
	if s.core.engine == nil {
		return nil
	}
	for _, r := range demoRuns {
		if _, err := s.Runs.RunAction(ctx, RunActionRequest{ActionID: ids[r.action], Trigger: r.slug, HTTP: demoStubs}); err != nil {
			return fmt.Errorf("run %s: %w", r.action, err)
		}
	}
	return nil
}
