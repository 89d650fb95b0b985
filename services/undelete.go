package services

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Undelete brings a deleted action back under its id, in the state it had, and
// into those triggers that nobody has changed since. It is a use case of the
// console; the Management API knows no way back.
func (a *Actions) Undelete(ctx context.Context, id string) (models.Action, error) {
	p, err := auth.Require(ctx, auth.ActionDelete)
	if err != nil {
		return models.Action{}, err
	}
	var back models.Action
	err = a.store.Tx(ctx, func(st *store.Store) error {
		if _, err := st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		deletion, err := lastDeletion(ctx, st, p.OrgID, id)
		if err != nil {
			return err
		}
		if back, err = a.revive(ctx, st, deletion); err != nil {
			return err
		}
		return rebind(ctx, st, back, deletion)
	})
	if err != nil {
		return models.Action{}, err
	}
	a.logged(ctx, "action restored", back)
	return back, nil
}

// lastDeletion finds the event that removed the action, if that is its last.
func lastDeletion(ctx context.Context, st *store.Store, orgID, id string) (models.Event, error) {
	events, err := st.Events(ctx, models.EventFilter{OrgID: orgID, AggregateID: id, Limit: 1})
	if err != nil {
		return models.Event{}, err
	}
	if len(events) == 0 || events[0].Type != models.EventActionDeleted {
		return models.Event{}, models.NotFound(models.RuleActionNotFound, "There is no deleted action of this id.")
	}
	return events[0], nil
}

// revive writes the action again from its newest version.
func (a *Actions) revive(ctx context.Context, st *store.Store, deletion models.Event) (models.Action, error) {
	versions, err := st.Versions(ctx, deletion.OrgID, deletion.AggregateID)
	if err != nil {
		return models.Action{}, err
	}
	if len(versions) == 0 {
		return models.Action{}, fmt.Errorf("restore action %s: no version is left", deletion.AggregateID)
	}
	last, first := versions[0], versions[len(versions)-1]
	back := models.Action{ID: last.ActionID, OrgID: last.OrgID, State: last.State, Sequence: deletion.Sequence + 1,
		Version: last.Number + 1, CreatedAt: first.At, ChangedAt: a.moment()}
	apply(&back, models.ActionInput{Name: last.Name, Script: last.Script, Timeout: last.Timeout, AllowedToFail: last.AllowedToFail})
	if err := st.CreateAction(ctx, back); err != nil {
		return back, err
	}
	return back, keep(ctx, st, nil, back, models.EventActionRestored, "Restored after deletion")
}

// rebind puts the action back into the triggers whose list is still what the
// deletion left.
func rebind(ctx context.Context, st *store.Store, a models.Action, deletion models.Event) error {
	removals, err := st.Events(ctx, models.EventFilter{OrgID: a.OrgID, AggregateID: a.OrgID,
		Types: []models.EventType{models.EventTriggerRemoved}, From: deletion.At, To: deletion.At.Add(time.Microsecond), BeforeID: deletion.ID})
	if err != nil {
		return err
	}
	for _, removal := range removals {
		before, after, err := lanesOf(removal)
		if err != nil {
			return err
		}
		if err := rebindLane(ctx, st, a, before, after); err != nil {
			return err
		}
	}
	return nil
}

func rebindLane(ctx context.Context, st *store.Store, a models.Action, before, after models.LaneSnapshot) error {
	old, left := before.IDs(), after.IDs()
	if !slices.Contains(old, a.ID) || slices.Contains(left, a.ID) {
		return nil
	}
	trigger, ok := models.TriggerBySlug(before.Trigger)
	if !ok {
		return nil
	}
	present, err := st.LaneIDs(ctx, a.OrgID, trigger.Flow, trigger.Trigger)
	if err != nil || !slices.Equal(present, left) {
		return err
	}
	lane := models.Binding{OrgID: a.OrgID, Flow: trigger.Flow, Trigger: trigger.Trigger}
	_, err = writeLane(ctx, st, lane, models.EventTriggerSet, present, old, a.ChangedAt)
	return err
}

// lanesOf reads the lists before and after from an event of a trigger.
func lanesOf(e models.Event) (before, after models.LaneSnapshot, err error) {
	if err = json.Unmarshal([]byte(e.Before), &before); err == nil {
		err = json.Unmarshal([]byte(e.After), &after)
	}
	if err != nil {
		err = fmt.Errorf("read event %d: %w", e.ID, err)
	}
	return before, after, err
}
