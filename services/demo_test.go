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

func TestDemoRunsAreThere(t *testing.T) {
	t.Parallel()
	s := services.New(storetest.Open(t), engine(t), services.Options{})
	signIn, err := s.Demo(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	runs, err := s.Runs.List(auth.WithPrincipal(context.Background(), auth.Operator(signIn.OrgID)), models.RunFilter{})
	if err != nil || len(runs) != 6 {
		t.Fatalf("%d runs, %v, want 6", len(runs), err)
	}
	for _, r := range runs {
		if fails := r.ActionName == "legacyNickname"; fails == (r.Outcome == models.OutcomeOK) {
			t.Errorf("%s: %s", r.ActionName, r.Result)
		}
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		s := services.New(st, nil, services.Options{})
		if _, err := s.Sessions.SetupCode(context.Background()); err != nil {
			t.Fatalf("set-up code: %v", err)
		}
		signIn, err := s.Demo(context.Background())
		if err != nil {
			t.Fatalf("demo: %v", err)
		}
		secret, _, err := s.Sessions.SignIn(context.Background(), signIn.Name, signIn.Password, "test", "192.0.2.1")
		if err != nil {
			t.Fatalf("sign in: %v", err)
		}
		user, _, err := s.Sessions.Session(context.Background(), secret)
		if err != nil {
			t.Fatalf("session: %v", err)
		}
		p, err := s.Principals.In(context.Background(), user.ID, signIn.OrgID, models.SourceConsole)
		if err != nil {
			t.Fatalf("principal: %v", err)
		}
		ctx := auth.WithPrincipal(context.Background(), p)
		page, err := s.Actions.List(ctx, models.ActionFilter{})
		if err != nil || page.Total != 8 {
			t.Errorf("%d actions, %v, want 8", page.Total, err)
		}
		inactive := models.ActionInactive
		page, err = s.Actions.List(ctx, models.ActionFilter{Queries: []models.ActionQuery{{State: &inactive}}})
		if err != nil || page.Total != 1 {
			t.Errorf("%d inactive actions, %v, want 1", page.Total, err)
		}
		usage, err := s.Actions.Usage(ctx)
		if err != nil || len(usage) != 8 {
			t.Errorf("%d actions are bound, %v, want 8", len(usage), err)
		}
		_, err = s.Demo(context.Background())
		wantRule(t, err, models.KindPrecondition, models.RuleDatabaseNotEmpty)
	})
}
