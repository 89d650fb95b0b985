package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Actions are the use cases of the scripts of an organization.
type Actions struct{ *core }

// List returns a page of actions.
func (a *Actions) List(ctx context.Context, f models.ActionFilter) (models.ActionPage, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return models.ActionPage{}, err
	}
	if f.Limit > models.MaxListLimit {
		return models.ActionPage{}, models.Invalid(models.RuleListLimit, "limit", "A page has at most 1000 rows.")
	}
	return a.store.Actions(ctx, p.OrgID, f)
}

// Get returns one action.
func (a *Actions) Get(ctx context.Context, id string) (models.Action, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return models.Action{}, err
	}
	return a.store.Action(ctx, p.OrgID, id)
}

// Usage returns for each bound action the triggers it is bound to.
func (a *Actions) Usage(ctx context.Context) (map[string][]models.Trigger, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return a.store.Usage(ctx, p.OrgID)
}

// Create stores a new active action.
func (a *Actions) Create(ctx context.Context, in models.ActionInput) (models.Action, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return models.Action{}, err
	}
	if err := in.Validate(a.scriptLimit); err != nil {
		return models.Action{}, err
	}
	var created models.Action
	err = a.withNewID(func(id string) error {
		now := a.moment()
		created = models.Action{ID: id, OrgID: p.OrgID, State: models.ActionActive, Sequence: 1, Version: 1, CreatedAt: now, ChangedAt: now}
		apply(&created, in)
		return a.store.Tx(ctx, func(st *store.Store) error {
			if err := st.CreateAction(ctx, created); err != nil {
				return err
			}
			return keep(ctx, st, nil, created, models.EventActionCreated, "")
		})
	})
	if err != nil {
		return models.Action{}, err
	}
	a.logged(ctx, "action created", created)
	return created, nil
}

// Update replaces name, script, timeout and allowed-to-fail. When expect is
// given and the action has moved on, nothing is written.
func (a *Actions) Update(ctx context.Context, id string, in models.ActionInput, expect *uint64) (models.Action, error) {
	if _, err := auth.Require(ctx, auth.ActionWrite); err != nil {
		return models.Action{}, err
	}
	if err := in.Validate(a.scriptLimit); err != nil {
		return models.Action{}, err
	}
	return a.change(ctx, id, "action changed", models.EventActionChanged, "", func(action *models.Action) error {
		if expect != nil && *expect != action.Sequence {
			return models.Precondition(models.RuleSequenceConflict, "Somebody else has changed this action in the meantime.")
		}
		if action.Input() == in {
			return models.Precondition(models.RuleActionNoChanges, "Nothing has changed.")
		}
		apply(action, in)
		return nil
	})
}

// Deactivate makes flows skip an active action.
func (a *Actions) Deactivate(ctx context.Context, id string) (models.Action, error) {
	if _, err := auth.Require(ctx, auth.ActionWrite); err != nil {
		return models.Action{}, err
	}
	return a.change(ctx, id, "action deactivated", models.EventActionDeactivated, "", func(action *models.Action) error {
		if action.State != models.ActionActive {
			return models.Precondition(models.RuleActionNotActive, "This action is not active.")
		}
		action.State = models.ActionInactive
		return nil
	})
}

// Reactivate makes flows run an inactive action again.
func (a *Actions) Reactivate(ctx context.Context, id string) (models.Action, error) {
	if _, err := auth.Require(ctx, auth.ActionWrite); err != nil {
		return models.Action{}, err
	}
	return a.change(ctx, id, "action reactivated", models.EventActionReactivated, "", func(action *models.Action) error {
		if action.State != models.ActionInactive {
			return models.Precondition(models.RuleActionNotInactive, "This action is not inactive.")
		}
		action.State = models.ActionActive
		return nil
	})
}

// Delete removes an action from every trigger and for good.
func (a *Actions) Delete(ctx context.Context, id string) error {
	p, err := auth.Require(ctx, auth.ActionDelete)
	if err != nil {
		return err
	}
	if id == "" {
		return models.Invalid(models.RuleActionIDMissing, "id", "The id is missing.")
	}
	var deleted models.Action
	err = a.store.Tx(ctx, func(st *store.Store) error {
		var err error
		if _, err = st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		if deleted, err = st.LockAction(ctx, p.OrgID, id); err != nil {
			return err
		}
		now := a.moment()
		if err := unbind(ctx, st, deleted, now); err != nil {
			return err
		}
		if err := st.DeleteAction(ctx, p.OrgID, id); err != nil {
			return err
		}
		before := deleted
		deleted.Sequence++
		return record(ctx, st, actionEvent(deleted, models.EventActionDeleted, now), describe(before), nil)
	})
	if err != nil {
		return err
	}
	a.logged(ctx, "action deleted", deleted)
	return nil
}

// change is the common course of all changes of one action: lock, ask edit,
// save, keep the version and the event.
func (a *Actions) change(ctx context.Context, id, logLine string, event models.EventType, note string, edit func(*models.Action) error) (models.Action, error) {
	p := auth.From(ctx)
	if id == "" {
		return models.Action{}, models.Invalid(models.RuleActionIDMissing, "id", "The id is missing.")
	}
	var action models.Action
	err := a.store.Tx(ctx, func(st *store.Store) error {
		before, err := st.LockAction(ctx, p.OrgID, id)
		if err != nil {
			return err
		}
		action = before
		if err := edit(&action); err != nil {
			return err
		}
		action.Sequence++
		action.Version++
		action.ChangedAt = a.moment()
		if err := st.SaveAction(ctx, action); err != nil {
			return err
		}
		return keep(ctx, st, describe(before), action, event, note)
	})
	if err != nil {
		return models.Action{}, err
	}
	a.logged(ctx, logLine, action)
	return action, nil
}

// apply sets what a caller may set.
func apply(a *models.Action, in models.ActionInput) {
	a.Name, a.NameKey = in.Name, models.NameKey(in.Name)
	a.Script, a.Timeout, a.AllowedToFail = in.Script, in.Timeout, in.AllowedToFail
}

// keep stores the present state as a version and its event.
func keep(ctx context.Context, st *store.Store, before any, a models.Action, event models.EventType, note string) error {
	who := by(ctx, &models.Event{})
	err := st.CreateVersion(ctx, models.ActionVersion{
		ActionID: a.ID, Number: a.Version, OrgID: a.OrgID, Name: a.Name, Script: a.Script, Timeout: a.Timeout,
		AllowedToFail: a.AllowedToFail, State: a.State, Sequence: a.Sequence, EventType: event, At: a.ChangedAt,
		ByID: who.ByID, ByName: who.ByName, Source: who.Source, Note: note,
	})
	if err != nil {
		return err
	}
	return record(ctx, st, actionEvent(a, event, a.ChangedAt), before, describe(a))
}

func actionEvent(a models.Action, event models.EventType, at time.Time) models.Event {
	return models.Event{OrgID: a.OrgID, Aggregate: models.AggregateAction, AggregateID: a.ID, Sequence: a.Sequence, Type: event, At: at}
}

func (c *core) logged(ctx context.Context, what string, a models.Action) {
	c.changed(ctx, what, "action_id", a.ID, "org_id", a.OrgID, "sequence", a.Sequence)
}
