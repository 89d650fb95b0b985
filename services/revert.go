package services

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"flowbench/auth"
	"flowbench/models"
)

// Reversal is what reverting an entry of the audit log would do, or did.
type Reversal struct {
	Event   models.Event
	Changes []ReversalChange // what would change; empty: nothing is left to revert
}

// ReversalChange is one thing that goes back. Now and Then are JSON.
type ReversalChange struct {
	What string // "trigger", "action", "state", "deletion"
	Name string // slug of the trigger, or name of the action
	Now  json.RawMessage
	Then json.RawMessage

	apply func(ctx context.Context) error
}

var errIrreversible = models.Precondition(models.RuleEventIrreversible, "This entry cannot be reverted.")

// Reversible reports whether entries of a type can be reverted at all.
func Reversible(t models.EventType) bool {
	return slices.Contains([]models.EventType{models.EventTriggerSet, models.EventTriggerRemoved, models.EventFlowCleared,
		models.EventActionChanged, models.EventActionDeactivated, models.EventActionReactivated, models.EventActionDeleted}, t)
}

// Preview says what reverting an event would change, and changes nothing.
func (e *Events) Preview(ctx context.Context, id int64) (Reversal, error) {
	event, err := e.Get(ctx, id)
	if err != nil {
		return Reversal{}, err
	}
	r := Reversal{Event: event}
	switch event.Type {
	case models.EventTriggerSet, models.EventTriggerRemoved:
		before, _, err := lanesOf(event)
		if err != nil {
			return r, err
		}
		r.Changes, err = e.laneReversal(ctx, []models.LaneSnapshot{before})
		return r, err
	case models.EventFlowCleared:
		var before models.FlowSnapshot
		if err := json.Unmarshal([]byte(event.Before), &before); err != nil {
			return r, fmt.Errorf("read event %d: %w", id, err)
		}
		r.Changes, err = e.laneReversal(ctx, before.Lanes)
		return r, err
	case models.EventActionChanged, models.EventActionDeactivated, models.EventActionReactivated:
		r.Changes, err = e.actionReversal(ctx, event)
		return r, err
	case models.EventActionDeleted:
		r.Changes, err = e.deletionReversal(ctx, event)
		return r, err
	}
	return r, errIrreversible
}

// Revert takes one entry back by new writes; nothing is removed from the log.
func (e *Events) Revert(ctx context.Context, id int64) (Reversal, error) {
	r, err := e.Preview(ctx, id)
	if err != nil {
		return r, err
	}
	if len(r.Changes) == 0 {
		return r, models.Precondition(models.RuleFlowNoChanges, "There is nothing left to revert.")
	}
	for _, c := range r.Changes {
		if err := c.apply(ctx); err != nil {
			return r, err
		}
	}
	e.changed(ctx, "event reverted", "event_id", id, "org_id", r.Event.OrgID)
	return r, nil
}

// laneReversal sets lists back as far as their actions still exist. All lanes
// of an event are one transaction.
func (e *Events) laneReversal(ctx context.Context, lanes []models.LaneSnapshot) ([]ReversalChange, error) {
	p, err := auth.Require(ctx, auth.FlowWrite)
	if err != nil {
		return nil, err
	}
	flows := Flows{e.core}
	var changes []ReversalChange
	var writes []models.LaneChange
	for _, lane := range lanes {
		trigger, ok := models.TriggerBySlug(lane.Trigger)
		if !ok {
			continue
		}
		present, err := e.store.LaneIDs(ctx, p.OrgID, trigger.Flow, trigger.Trigger)
		if err != nil {
			return nil, err
		}
		names, err := e.store.ActionNames(ctx, p.OrgID, slices.Concat(present, lane.IDs()))
		if err != nil {
			return nil, err
		}
		want := slices.DeleteFunc(lane.IDs(), func(id string) bool { return names[id] == "" })
		if slices.Equal(want, present) {
			continue
		}
		writes = append(writes, models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: want})
		changes = append(changes, ReversalChange{What: "trigger", Name: string(lane.Trigger), Now: namesOf(present, names), Then: namesOf(want, names),
			apply: func(context.Context) error { return nil }})
	}
	if len(changes) > 0 {
		changes[0].apply = func(ctx context.Context) error {
			_, err := flows.SetLanes(ctx, writes)
			return err
		}
	}
	return changes, nil
}

func namesOf(ids []string, names map[string]string) json.RawMessage {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = names[id]
	}
	data, _ := json.Marshal(list) // strings always marshal
	return data
}

// actionReversal restores the version before the event, or its state.
func (e *Events) actionReversal(ctx context.Context, event models.Event) ([]ReversalChange, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return nil, err
	}
	action, err := e.store.Action(ctx, p.OrgID, event.AggregateID)
	if err != nil {
		return nil, err
	}
	var before models.ActionSnapshot
	if err := json.Unmarshal([]byte(event.Before), &before); err != nil {
		return nil, fmt.Errorf("read event %d: %w", event.ID, err)
	}
	now, _ := json.Marshal(describe(action)) // plain values always marshal
	change := ReversalChange{What: "action", Name: action.Name, Now: now, Then: json.RawMessage(event.Before)}
	actions, versions := Actions{e.core}, Versions{e.core}
	if event.Type != models.EventActionChanged {
		change.What = "state"
		if action.State == before.State {
			return nil, nil
		}
		change.apply = func(ctx context.Context) error {
			if before.State == models.ActionActive {
				_, err := actions.Reactivate(ctx, action.ID)
				return err
			}
			_, err := actions.Deactivate(ctx, action.ID)
			return err
		}
		return []ReversalChange{change}, nil
	}
	old, err := e.store.Version(ctx, p.OrgID, action.ID, before.Version)
	if err != nil {
		return nil, err
	}
	if action.Input() == (models.ActionInput{Name: old.Name, Script: old.Script, Timeout: old.Timeout, AllowedToFail: old.AllowedToFail}) {
		return nil, nil
	}
	change.apply = func(ctx context.Context) error {
		_, err := versions.Restore(ctx, action.ID, before.Version)
		return err
	}
	return []ReversalChange{change}, nil
}

// deletionReversal brings the action back.
func (e *Events) deletionReversal(ctx context.Context, event models.Event) ([]ReversalChange, error) {
	if _, err := auth.Require(ctx, auth.ActionDelete); err != nil {
		return nil, err
	}
	last, err := lastDeletion(ctx, e.store, event.OrgID, event.AggregateID)
	if models.KindOf(err) == models.KindNotFound || err == nil && last.ID != event.ID {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var before models.ActionSnapshot
	if err := json.Unmarshal([]byte(event.Before), &before); err != nil {
		return nil, fmt.Errorf("read event %d: %w", event.ID, err)
	}
	actions := Actions{e.core}
	return []ReversalChange{{What: "deletion", Name: before.Name, Now: json.RawMessage("null"), Then: json.RawMessage(event.Before),
		apply: func(ctx context.Context) error {
			_, err := actions.Undelete(ctx, event.AggregateID)
			return err
		}}}, nil
}
