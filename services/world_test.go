package services_test

import (
	"context"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

// world is a set of services with one organization.
type world struct {
	*services.Services
	st  *store.Store
	org models.Org
	ctx context.Context // of an operator in org
}

func newWorld(t testing.TB, st *store.Store, o services.Options) world {
	t.Helper()
	s := services.New(st, nil, o)
	org, err := s.Orgs.Create(auth.WithPrincipal(context.Background(), auth.Operator("")), "Acme")
	if err != nil {
		t.Fatalf("create organization: %v", err)
	}
	return world{s, st, org, auth.WithPrincipal(context.Background(), auth.Operator(org.ID))}
}

// eachWorld runs fn on both databases.
func eachWorld(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) { fn(t, newWorld(t, st, services.Options{})) })
}

func (w world) create(t testing.TB, name string) models.Action {
	t.Helper()
	a, err := w.Actions.Create(w.ctx, models.ActionInput{Name: name, Script: "function " + name + "(ctx, api) {}"})
	if err != nil {
		t.Fatalf("create %q: %v", name, err)
	}
	return a
}

// wantRule fails unless err has the kind and the rule.
func wantRule(t testing.TB, err error, kind models.Kind, rule models.Rule) {
	t.Helper()
	if models.KindOf(err) != kind || models.RuleOf(err) != rule {
		t.Errorf("got %v (%s, %s), want %s, %s", err, models.KindOf(err), models.RuleOf(err), kind, rule)
	}
}

// otherOrg makes a second organization and returns the context of an operator
// there.
func (w world) otherOrg(t testing.TB, name string) context.Context {
	t.Helper()
	org, err := w.Orgs.Create(w.ctx, name)
	if err != nil {
		t.Fatalf("create organization: %v", err)
	}
	return auth.WithPrincipal(context.Background(), auth.Operator(org.ID))
}
