package services

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/store"
)

// Cases are the stored tests of actions and journeys.
type Cases struct{ *core }

// List returns the cases of an action, or with an empty id those of journeys.
func (c *Cases) List(ctx context.Context, actionID string) ([]models.Case, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return c.store.Cases(ctx, p.OrgID, actionID, false)
}

// All returns every case of the organization.
func (c *Cases) All(ctx context.Context) ([]models.Case, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return c.store.Cases(ctx, p.OrgID, "", true)
}

// Get returns one case.
func (c *Cases) Get(ctx context.Context, id string) (models.Case, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return models.Case{}, err
	}
	return c.store.Case(ctx, p.OrgID, id)
}

// Set creates a case, or changes the one of the given id.
func (c *Cases) Set(ctx context.Context, in models.CaseInput) (models.Case, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return models.Case{}, err
	}
	if err := c.check(ctx, p.OrgID, in); err != nil {
		return models.Case{}, err
	}
	var saved models.Case
	write := func(id string) error {
		return c.store.Tx(ctx, func(st *store.Store) error {
			var err error
			saved, err = c.save(ctx, st, p, id, in)
			return err
		})
	}
	if in.ID != "" {
		err = write(in.ID)
	} else {
		err = c.withNewID(write)
	}
	if err != nil {
		return models.Case{}, err
	}
	c.changed(ctx, "case saved", "case_id", saved.ID, "org_id", p.OrgID, "action_id", saved.ActionID)
	return saved, nil
}

func (c *Cases) check(ctx context.Context, orgID string, in models.CaseInput) error {
	if err := in.Validate(); err != nil {
		return err
	}
	if in.Journey != "" {
		_, err := journeyOf(in.Journey).triggers()
		return err
	}
	if err := checkRun(in.Trigger, in.Context); err != nil {
		return err
	}
	_, err := c.store.Action(ctx, orgID, in.ActionID)
	return err
}

// save writes the case with its event inside a transaction.
func (c *Cases) save(ctx context.Context, st *store.Store, p *auth.Principal, id string, in models.CaseInput) (models.Case, error) {
	now := c.moment()
	saved := models.Case{ID: id, OrgID: p.OrgID, CreatedAt: now}
	var before any
	if in.ID != "" {
		old, err := st.Case(ctx, p.OrgID, id)
		if err != nil {
			return saved, err
		}
		saved, before = old, describeCase(old)
	}
	expect, err := json.Marshal(in.Expect)
	if err != nil {
		return saved, fmt.Errorf("write expectation: %w", err)
	}
	saved.ActionID, saved.Journey, saved.Trigger = in.ActionID, in.Journey, in.Trigger
	saved.Name = strings.TrimSpace(in.Name)
	saved.NameKey = models.NameKey(saved.Name)
	saved.Context, saved.HTTP, saved.Expect = string(in.Context), string(in.HTTP), string(expect)
	saved.Sequence++
	saved.ChangedAt, saved.ByName = now, p.Name
	if err := st.SaveCase(ctx, saved); err != nil {
		return saved, err
	}
	return saved, record(ctx, st, caseEvent(saved, models.EventCaseSet, now), before, describeCase(saved))
}

// Delete removes a case.
func (c *Cases) Delete(ctx context.Context, id string) error {
	p, err := auth.Require(ctx, auth.ActionDelete)
	if err != nil {
		return err
	}
	return c.store.Tx(ctx, func(st *store.Store) error {
		old, err := st.Case(ctx, p.OrgID, id)
		if err != nil {
			return err
		}
		if err := st.DeleteCase(ctx, p.OrgID, id); err != nil {
			return err
		}
		before := describeCase(old)
		old.Sequence++
		return record(ctx, st, caseEvent(old, models.EventCaseDeleted, c.moment()), before, nil)
	})
}

// describeCase is a case as events keep it; contexts may hold secrets and stay
// out.
func describeCase(c models.Case) any {
	return map[string]any{"name": c.Name, "actionId": c.ActionID, "journey": c.Journey, "trigger": c.Trigger, "expect": json.RawMessage(c.Expect)}
}

// httpOf reads the stored answers to HTTP calls.
func httpOf(c models.Case) (o script.HTTPOptions, err error) {
	if c.HTTP == "" {
		return o, nil
	}
	if err := json.Unmarshal([]byte(c.HTTP), &o); err != nil {
		return o, models.Invalid(models.RuleCaseInvalid, "http", "The HTTP answers of the case cannot be read.")
	}
	o.Mode = script.HTTPStub // a case must not depend on what is out there
	return o, nil
}
