package services

import (
	"context"
	"slices"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Flows are the use cases of binding actions to triggers.
type Flows struct{ *core }

// Get returns one flow of the organization. A flow that nobody ever set, or
// that does not exist, is empty and no error.
func (f *Flows) Get(ctx context.Context, flow models.FlowType) (models.Flow, error) {
	p, err := auth.Require(ctx, auth.FlowRead)
	if err != nil {
		return models.Flow{}, err
	}
	flows, err := f.store.Flows(ctx, p.OrgID, flow)
	if err != nil {
		return models.Flow{}, err
	}
	return flows[0], nil
}

// All returns the four flows in the order of the board.
func (f *Flows) All(ctx context.Context) ([]models.Flow, error) {
	p, err := auth.Require(ctx, auth.FlowRead)
	if err != nil {
		return nil, err
	}
	return f.store.Flows(ctx, p.OrgID, models.BoardFlows()...)
}

// SetTriggerActions replaces the actions of one trigger.
func (f *Flows) SetTriggerActions(ctx context.Context, change models.LaneChange) (models.WriteResult, error) {
	return f.SetLanes(ctx, []models.LaneChange{change})
}

// SetLanes replaces the actions of several triggers in one transaction, as a
// move from one to another needs it. Triggers whose list stays the same are
// left alone; if that is all of them, the error is "no changes".
func (f *Flows) SetLanes(ctx context.Context, changes []models.LaneChange) (models.WriteResult, error) {
	p, err := auth.Require(ctx, auth.FlowWrite)
	if err != nil {
		return models.WriteResult{}, err
	}
	for _, c := range changes {
		if err := checkTrigger(c); err != nil {
			return models.WriteResult{}, err
		}
	}
	result := models.WriteResult{OrgID: p.OrgID}
	err = f.store.Tx(ctx, func(st *store.Store) error {
		if _, err := st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		result.Sequence, result.At = 0, f.moment()
		for _, c := range changes {
			if err := setLane(ctx, st, c, &result); err != nil {
				return err
			}
		}
		if result.Sequence == 0 {
			return models.Precondition(models.RuleFlowNoChanges, "Nothing has changed.")
		}
		return nil
	})
	if err != nil {
		return models.WriteResult{}, err
	}
	f.changed(ctx, "trigger actions set", "org_id", p.OrgID, "sequence", result.Sequence)
	return result, nil
}

func checkTrigger(c models.LaneChange) error {
	if !slices.Contains(models.FlowTypes(), c.Flow) {
		return models.Invalid(models.RuleFlowUnknown, "flowType", "This flow does not exist.")
	}
	if _, ok := models.TriggerOf(c.Flow, c.Trigger); !ok {
		return models.Invalid(models.RuleTriggerInvalid, "triggerType", "This flow does not have this trigger.")
	}
	return nil
}

// setLane writes one trigger if its list differs, under the organization's lock.
func setLane(ctx context.Context, st *store.Store, c models.LaneChange, result *models.WriteResult) error {
	head, err := st.LaneHead(ctx, result.OrgID, c.Flow, c.Trigger)
	if err != nil {
		return err
	}
	if c.Expect != nil && *c.Expect != head.Sequence {
		return models.Precondition(models.RuleSequenceConflict, "Somebody else has changed this trigger in the meantime.")
	}
	present, err := st.LaneIDs(ctx, result.OrgID, c.Flow, c.Trigger)
	if err != nil || slices.Equal(present, c.ActionIDs) {
		return err
	}
	if err := checkIDs(ctx, st, result.OrgID, c.ActionIDs); err != nil {
		return err
	}
	lane := models.Binding{OrgID: result.OrgID, Flow: c.Flow, Trigger: c.Trigger}
	result.Sequence, err = writeLane(ctx, st, lane, models.EventTriggerSet, present, c.ActionIDs, result.At)
	return err
}

// checkIDs accepts only actions of the organization, each once.
func checkIDs(ctx context.Context, st *store.Store, orgID string, ids []string) error {
	known, err := st.ActionNames(ctx, orgID, ids)
	if err != nil {
		return err
	}
	if len(known) != len(ids) { // a repeated or unknown id makes the set smaller
		return models.Precondition(models.RuleActionIDsUnknown, "An action does not exist, or is listed twice.")
	}
	return nil
}

// writeLane replaces one trigger's list with its head and event, and returns
// the organization's new sequence.
func writeLane(ctx context.Context, st *store.Store, lane models.Binding, event models.EventType, before, after []string, at time.Time) (uint64, error) {
	names, err := st.ActionNames(ctx, lane.OrgID, slices.Concat(before, after))
	if err != nil {
		return 0, err
	}
	sequence, err := st.NextOrgSequence(ctx, lane.OrgID)
	if err != nil {
		return 0, err
	}
	who := by(ctx, &models.Event{})
	head := models.LaneHead{OrgID: lane.OrgID, Flow: lane.Flow, Trigger: lane.Trigger, Sequence: sequence, ChangedAt: at,
		ByID: who.ByID, ByName: who.ByName, Source: who.Source}
	if err := st.SetLane(ctx, head, after); err != nil {
		return 0, err
	}
	return sequence, record(ctx, st, orgEvent(lane.OrgID, sequence, event, at),
		describeLane(lane.Flow, lane.Trigger, before, names), describeLane(lane.Flow, lane.Trigger, after, names))
}

// unbind takes an action out of every trigger, with one event each.
func unbind(ctx context.Context, st *store.Store, a models.Action, at time.Time) error {
	triggers, err := st.BindingsOf(ctx, a.OrgID, a.ID)
	if err != nil {
		return err
	}
	for _, t := range triggers {
		before, err := st.LaneIDs(ctx, a.OrgID, t.Flow, t.Trigger)
		if err != nil {
			return err
		}
		after := slices.DeleteFunc(slices.Clone(before), func(id string) bool { return id == a.ID })
		lane := models.Binding{OrgID: a.OrgID, Flow: t.Flow, Trigger: t.Trigger}
		if _, err := writeLane(ctx, st, lane, models.EventTriggerRemoved, before, after, at); err != nil {
			return err
		}
	}
	return nil
}

// Clear removes all actions from all triggers of one flow.
func (f *Flows) Clear(ctx context.Context, flow models.FlowType) (models.WriteResult, error) {
	p, err := auth.Require(ctx, auth.FlowDelete)
	if err != nil {
		return models.WriteResult{}, err
	}
	if !slices.Contains(models.FlowTypes(), flow) {
		return models.WriteResult{}, models.Invalid(models.RuleFlowUnknown, "type", "This flow does not exist.")
	}
	result := models.WriteResult{OrgID: p.OrgID}
	err = f.store.Tx(ctx, func(st *store.Store) error {
		if _, err := st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		result.At = f.moment()
		return clearFlow(ctx, st, flow, &result)
	})
	if err != nil {
		return models.WriteResult{}, err
	}
	f.changed(ctx, "flow cleared", "org_id", p.OrgID, "flow", int(flow), "sequence", result.Sequence)
	return result, nil
}

func clearFlow(ctx context.Context, st *store.Store, flow models.FlowType, result *models.WriteResult) error {
	before, err := st.Flows(ctx, result.OrgID, flow)
	if err != nil {
		return err
	}
	heads, err := st.ClearFlow(ctx, result.OrgID, flow)
	if err != nil {
		return err
	}
	if heads == 0 {
		return models.Precondition(models.RuleFlowEmpty, "The flow is already empty.")
	}
	if result.Sequence, err = st.NextOrgSequence(ctx, result.OrgID); err != nil {
		return err
	}
	return record(ctx, st, orgEvent(result.OrgID, result.Sequence, models.EventFlowCleared, result.At), describeFlow(before[0]), nil)
}

func orgEvent(orgID string, sequence uint64, event models.EventType, at time.Time) models.Event {
	return models.Event{OrgID: orgID, Aggregate: models.AggregateOrg, AggregateID: orgID, Sequence: sequence, Type: event, At: at}
}
