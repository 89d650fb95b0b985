package main

import (
	"context"
	"embed"
	"fmt"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
)

//go:embed demo/*.js
var demoScripts embed.FS

// demoAction is one action of the example organization and where it is bound.
type demoAction struct {
	name          string
	timeout       time.Duration
	allowedToFail bool
	inactive      bool
	triggers      []models.Slug
}

// demoActions are in the order of their triggers' lists.
var demoActions = []demoAction{
	{name: "mapProfile", timeout: 10 * time.Second, allowedToFail: true, triggers: []models.Slug{models.ExternalPostAuthentication}},
	{name: "denyForeignDomain", timeout: 10 * time.Second, triggers: []models.Slug{models.ExternalPreCreation}},
	{name: "welcomeGrant", timeout: 10 * time.Second, allowedToFail: true, triggers: []models.Slug{models.ExternalPostCreation, models.InternalPostCreation}},
	{name: "addTier", timeout: 10 * time.Second, allowedToFail: true, triggers: []models.Slug{models.PreUserinfo, models.PreAccessToken}},
	{name: "flatRoles", timeout: 5 * time.Second, triggers: []models.Slug{models.PreUserinfo, models.PreAccessToken}},
	{name: "partnerTier", timeout: 5 * time.Second, allowedToFail: true, triggers: []models.Slug{models.PreAccessToken}},
	{name: "samlRoles", timeout: 10 * time.Second, triggers: []models.Slug{models.PreSAMLResponse}},
	{name: "legacyAudit", timeout: 10 * time.Second, allowedToFail: true, inactive: true, triggers: []models.Slug{models.PreUserinfo}},
}

// The sign-in of the example; the password is made at each fill.
const (
	demoUser  = "demo"
	demoEmail = "demo@acme.example"
	demoOrg   = "Acme"
)

// fillDemo makes the example organization in a database without content and
// returns the password of its administrator.
func fillDemo(ctx context.Context, s *services.Services) (password string, err error) {
	orgs, err := s.Orgs.List(auth.WithPrincipal(ctx, auth.Operator("")))
	if err != nil {
		return "", err
	}
	if len(orgs) > 0 {
		return "", models.Precondition(models.RuleDatabaseNotEmpty, "The database has content already; --demo needs an empty one.")
	}
	code, err := s.Sessions.SetupCode(ctx)
	if err != nil {
		return "", err
	}
	password = auth.NewSecret()[:16]
	admin, err := s.Sessions.CreateFirstAdministrator(ctx, services.FirstAdministrator{
		Code: code, Name: demoUser, Email: demoEmail, Password: password, OrgName: demoOrg})
	if err != nil {
		return "", err
	}
	p, err := s.Principals.In(ctx, admin.ID, admin.OrgID, models.SourceSystem)
	if err != nil {
		return "", err
	}
	return password, fillActions(auth.WithPrincipal(ctx, p), s)
}

// fillActions writes and binds the actions, and tries each at its trigger so
// that there is something to see.
func fillActions(ctx context.Context, s *services.Services) error {
	bound := map[models.Slug][]string{}
	for _, d := range demoActions {
		text, err := demoScripts.ReadFile("demo/" + d.name + ".js")
		if err != nil {
			return err
		}
		action, err := s.Actions.Create(ctx, models.ActionInput{Name: d.name, Script: string(text), Timeout: d.timeout, AllowedToFail: d.allowedToFail})
		if err != nil {
			return fmt.Errorf("create example %s: %w", d.name, err)
		}
		for _, slug := range d.triggers {
			bound[slug] = append(bound[slug], action.ID)
		}
		if _, err := s.Runs.RunAction(ctx, services.RunActionRequest{ActionID: action.ID, Trigger: d.triggers[0], Source: models.RunSourceTest}); err != nil {
			return fmt.Errorf("try example %s: %w", d.name, err)
		}
		if d.inactive {
			if _, err := s.Actions.Deactivate(ctx, action.ID); err != nil {
				return fmt.Errorf("deactivate example %s: %w", d.name, err)
			}
		}
	}
	return bindActions(ctx, s, bound)
}

func bindActions(ctx context.Context, s *services.Services, bound map[models.Slug][]string) error {
	for _, t := range models.Triggers() {
		if len(bound[t.Slug]) == 0 {
			continue
		}
		change := models.LaneChange{Flow: t.Flow, Trigger: t.Trigger, ActionIDs: bound[t.Slug]}
		if _, err := s.Flows.SetTriggerActions(ctx, change); err != nil {
			return fmt.Errorf("bind examples to %s: %w", t.Slug, err)
		}
	}
	return nil
}
