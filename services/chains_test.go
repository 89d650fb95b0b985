package services_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/services"
	"flowbench/store/storetest"
)

// chainWorld is a world with an engine.
func chainWorld(t *testing.T) world {
	t.Helper()
	st := storetest.Open(t)
	w := newWorld(t, st, services.Options{})
	w.Services = services.New(st, engine(t), services.Options{})
	return w
}

func (w world) bind(t *testing.T, slug models.Slug, in ...models.ActionInput) []models.Action {
	t.Helper()
	trigger, _ := models.TriggerBySlug(slug)
	var ids []string
	var actions []models.Action
	for _, one := range in {
		a, err := w.Actions.Create(w.ctx, one)
		if err != nil {
			t.Fatal(err)
		}
		ids, actions = append(ids, a.ID), append(actions, a)
	}
	if _, err := w.Flows.SetTriggerActions(w.ctx, models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: ids}); err != nil {
		t.Fatal(err)
	}
	return actions
}

func TestRunTrigger_runs_the_saved_chain_in_order(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	actions := w.bind(t, models.PreUserinfo,
		models.ActionInput{Name: "first", Script: "function first(ctx, api) { api.v1.claims.setClaim('a', 1) }"},
		models.ActionInput{Name: "off", Script: "function off(ctx, api) { throw 'never' }"},
		models.ActionInput{Name: "broken", Script: "function broken(ctx, api) { throw 'x' }", AllowedToFail: true},
		models.ActionInput{Name: "last", Script: "function last(ctx, api) { api.v1.claims.setClaim('b', ctx.v1.claims.a + 1) }"})
	if _, err := w.Actions.Deactivate(w.ctx, actions[1].ID); err != nil {
		t.Fatal(err)
	}
	got, err := w.Runs.RunTrigger(w.ctx, services.RunTriggerRequest{Trigger: models.PreUserinfo})
	if err != nil {
		t.Fatal(err)
	}
	kinds := []models.OutcomeKind{models.OutcomeOK, models.OutcomeSkipped, models.OutcomeException, models.OutcomeOK}
	for i, k := range kinds {
		if got.Actions[i].Outcome.Kind != k {
			t.Errorf("action %d: %+v, want %s", i, got.Actions[i].Outcome, k)
		}
	}
	var claims map[string]any
	if err := json.Unmarshal(got.Result.Claims, &claims); err != nil || claims["b"] != 2.0 || !got.Completed {
		t.Errorf("result %s, completed %v", got.Result.Claims, got.Completed)
	}
	runs, err := w.Runs.List(w.ctx, models.RunFilter{})
	if err != nil || len(runs) != 3 || runs[0].Source != models.RunSourceAPI || runs[0].ChainID != runs[2].ChainID {
		t.Errorf("kept %d runs, %v", len(runs), err)
	}
}

func TestRunTrigger_permission_depends_on_test(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	as := func(role auth.Role) context.Context {
		return auth.WithPrincipal(context.Background(), &auth.Principal{OrgID: w.org.ID, Permissions: auth.PermissionsOf([]string{string(role)})})
	}
	for _, c := range []struct {
		role auth.Role
		test bool
		ok   bool
	}{{auth.RoleOrgFlowRunner, false, true}, {auth.RoleOrgFlowRunner, true, false},
		{auth.RoleOrgActionEditor, false, false}, {auth.RoleOrgActionEditor, true, true}, {auth.RoleOrgOwnerViewer, true, false}} {
		_, err := w.Runs.RunTrigger(as(c.role), services.RunTriggerRequest{Trigger: models.PreUserinfo, Test: c.test})
		if (err == nil) != c.ok {
			t.Errorf("%s, test %v: %v", c.role, c.test, err)
		}
	}
}

func TestRunTrigger_repeated_key_runs_once(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	w.bind(t, models.PreUserinfo, models.ActionInput{Name: "id", Script: "let u = require('zitadel/uuid');\nfunction id(ctx, api) { api.v1.claims.setClaim('id', u.v4()) }"})
	req := services.RunTriggerRequest{Trigger: models.PreUserinfo, IdempotencyKey: "k"}
	first, err := w.Runs.RunTrigger(w.ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Runs.RunTrigger(w.ctx, req)
	if err != nil || string(again.Result.Claims) != string(first.Result.Claims) {
		t.Errorf("second answer %s, first %s, %v", again.Result.Claims, first.Result.Claims, err)
	}
	req.Strict = true
	_, err = w.Runs.RunTrigger(w.ctx, req)
	wantRule(t, err, models.KindPrecondition, models.RuleIdempotencyKey)
	req.IdempotencyKey = strings.Repeat("k", services.MaxIdempotencyKey+1)
	_, err = w.Runs.RunTrigger(w.ctx, req)
	wantRule(t, err, models.KindInvalid, models.RuleIdempotencyKey)
}

func TestRunJourney_carries_state_from_trigger_to_trigger(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	w.bind(t, models.ExternalPostAuthentication, models.ActionInput{Name: "map", Script: "function map(ctx, api) { api.setFirstName('Grace'); api.v1.user.appendMetadata('team', 'compilers') }"})
	w.bind(t, models.ExternalPreCreation, models.ActionInput{Name: "pre", Script: "function pre(ctx, api) { api.setLastName(ctx.v1.user.human.firstName + '!') }"})
	w.bind(t, models.ExternalPostCreation, models.ActionInput{Name: "grant", Script: "function grant(ctx, api) { api.v1.appendUserGrant({projectId: '77', roles: [ctx.v1.getUser().human.lastName]}) }"})
	w.bind(t, models.PreUserinfo, models.ActionInput{Name: "claims", Script: `function claims(ctx, api) {
  const team = ctx.v1.user.getMetadata().metadata.find(m => m.key === 'team').value;
  const grant = ctx.v1.user.grants.grants.find(g => g.projectId === '77');
  api.v1.claims.setClaim('seen', [team, grant.roles[0], ctx.v1.claims.given_name]);
}`})
	got, err := w.Runs.RunJourney(w.ctx, services.RunJourneyRequest{Journey: "first-external-sign-in", Test: true})
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(got.Result.Claims, &claims); err != nil {
		t.Fatal(err)
	}
	seen, _ := json.Marshal(claims["seen"])
	if string(seen) != `["compilers","Grace!","Grace"]` || !got.Completed || len(got.Triggers) != 5 {
		t.Errorf("seen %s, completed %v, %d triggers, last %+v", seen, got.Completed, len(got.Triggers), got.Triggers[len(got.Triggers)-1].Actions)
	}
}

func TestRunJourney_ends_where_a_chain_ends(t *testing.T) {
	t.Parallel()
	w := chainWorld(t)
	w.bind(t, models.InternalPreCreation, models.ActionInput{Name: "deny", Script: "function deny(ctx, api) { throw 'not here' }"})
	got, err := w.Runs.RunJourney(w.ctx, services.RunJourneyRequest{Journey: "registration", Test: true})
	if err != nil || got.Completed || len(got.Triggers) != 1 || got.Triggers[0].StoppedBy != "deny" || !strings.Contains(got.Result.LoginMessage, "not here") {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = w.Runs.RunJourney(w.ctx, services.RunJourneyRequest{Journey: "nowhere"})
	wantRule(t, err, models.KindInvalid, models.RuleTriggerUnknown)
}

func engine(t *testing.T) script.Engine {
	t.Helper()
	e, err := script.New(script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
