package services

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Undelete brings a deleted action back: same id, newest version, next
// sequence. It returns to those triggers that nobody has written since; the
// others are left as they are. The wire contract knows no such call.
func (a *Actions) Undelete(ctx context.Context, id string) (models.Action, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return models.Action{}, err
	}
	if _, err := auth.Require(ctx, auth.FlowWrite); err != nil {
		return models.Action{}, err
	}
	var action models.Action
	err = a.store.Tx(ctx, func(st *store.Store) error {
		if _, err := st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		deletion, err := a.deletion(ctx, st, p.OrgID, id)
		if err != nil {
			return err
		}
		if action, err = a.revive(ctx, st, p.OrgID, id, deletion); err != nil {
			return err
		}
		return rebind(ctx, st, action, deletion)
	})
	if err != nil {
		return models.Action{}, err
	}
	a.logged(ctx, "action restored", action)
	return action, nil
}

// deletion finds the event that ended the action.
func (a *Actions) deletion(ctx context.Context, st *store.Store, orgID, id string) (models.Event, error) {
	last, err := st.Events(ctx, models.EventFilter{OrgID: orgID, AggregateID: id, Limit: 1})
	if err != nil {
		return models.Event{}, err
	}
	if len(last) == 0 || last[0].Type != models.EventActionDeleted {
		return models.Event{}, models.NotFound(models.RuleActionNotFound, "There is no such deleted action.")
	}
	return last[0], nil
}

// revive inserts the action as its newest version had it.
func (a *Actions) revive(ctx context.Context, st *store.Store, orgID, id string, deletion models.Event) (models.Action, error) {
	versions, err := st.Versions(ctx, orgID, id)
	if err != nil {
		return models.Action{}, err
	}
	if len(versions) == 0 {
		return models.Action{}, models.NotFound(models.RuleVersionNotFound, "The action has no version.")
	}
	newest, first := versions[0], versions[len(versions)-1]
	action := models.Action{ID: id, OrgID: orgID, State: newest.State, Sequence: deletion.Sequence + 1, Version: newest.Number + 1,
		CreatedAt: first.At, ChangedAt: a.moment()}
	apply(&action, models.ActionInput{Name: newest.Name, Script: newest.Script, Timeout: newest.Timeout, AllowedToFail: newest.AllowedToFail})
	if err := st.CreateAction(ctx, action); err != nil {
		return models.Action{}, err
	}
	return action, keep(ctx, st, nil, action, models.EventActionRestored, "")
}

// rebind puts a revived action back into the triggers whose last write is the
// removal that came with its deletion.
func rebind(ctx context.Context, st *store.Store, action models.Action, deletion models.Event) error {
	removals, err := st.Events(ctx, models.EventFilter{OrgID: action.OrgID, AggregateID: action.OrgID,
		Types: []models.EventType{models.EventTriggerRemoved}, BeforeID: deletion.ID, Limit: len(models.Triggers())})
	if err != nil {
		return err
	}
	slices.Reverse(removals)
	for _, e := range removals {
		var before models.LaneSnapshot
		if err := json.Unmarshal([]byte(e.Before), &before); err != nil {
			return fmt.Errorf("read event %d: %w", e.ID, err)
		}
		if err := rebindLane(ctx, st, action, e, before); err != nil {
			return err
		}
	}
	return nil
}

func rebindLane(ctx context.Context, st *store.Store, action models.Action, removal models.Event, before models.LaneSnapshot) error {
	t, ok := models.TriggerBySlug(before.Trigger)
	holds := slices.ContainsFunc(before.Actions, func(b models.BoundAction) bool { return b.ID == action.ID })
	if !ok || !holds {
		return nil
	}
	head, err := st.LaneHead(ctx, action.OrgID, t.Flow, t.Trigger)
	if err != nil || head.Sequence != removal.Sequence {
		return err
	}
	present, err := st.LaneIDs(ctx, action.OrgID, t.Flow, t.Trigger)
	if err != nil {
		return err
	}
	ids := make([]string, len(before.Actions))
	for i, b := range before.Actions {
		ids[i] = b.ID
	}
	lane := models.Binding{OrgID: action.OrgID, Flow: t.Flow, Trigger: t.Trigger}
	_, err = writeLane(ctx, st, lane, models.EventTriggerSet, present, ids, action.ChangedAt)
	return err
}
