package store

import (
	"context"
	"time"

	"flowbench/models"
)

const laneIs = `org_id = ? AND flow = ? AND "trigger" = ?`

// LaneIDs returns the ids bound to one trigger, in order.
func (s *Store) LaneIDs(ctx context.Context, orgID string, flow models.FlowType, trigger models.TriggerType) ([]string, error) {
	ids := []string{}
	err := s.reader(ctx).Model(&models.Binding{}).Where(laneIs, orgID, flow, trigger).Order("position").Pluck("action_id", &ids).Error
	if err != nil {
		return nil, fail("load trigger", err)
	}
	return ids, nil
}

// LaneHead returns what is remembered of the last write to a trigger; a zero
// sequence means that there was none.
func (s *Store) LaneHead(ctx context.Context, orgID string, flow models.FlowType, trigger models.TriggerType) (models.LaneHead, error) {
	var h models.LaneHead
	err := s.reader(ctx).Where(laneIs, orgID, flow, trigger).Limit(1).Find(&h).Error
	if err != nil {
		return h, fail("load trigger", err)
	}
	return h, nil
}

// SetLane replaces the ids of one trigger and its head. The organization must
// be locked.
func (s *Store) SetLane(ctx context.Context, head models.LaneHead, ids []string) error {
	head.ChangedAt = Moment(head.ChangedAt)
	if err := s.writer(ctx).Delete(&models.Binding{}, laneIs, head.OrgID, head.Flow, head.Trigger).Error; err != nil {
		return fail("set trigger", err)
	}
	rows := make([]models.Binding, len(ids))
	for i, id := range ids {
		rows[i] = models.Binding{OrgID: head.OrgID, Flow: head.Flow, Trigger: head.Trigger, Position: i, ActionID: id}
	}
	if len(rows) > 0 {
		if err := s.writer(ctx).CreateInBatches(rows, 500).Error; err != nil {
			return fail("set trigger", err)
		}
	}
	if err := s.writer(ctx).Save(&head).Error; err != nil {
		return fail("set trigger", err)
	}
	return nil
}

// ClearFlow removes the bindings and heads of one flow and returns how many
// heads there were. The organization must be locked.
func (s *Store) ClearFlow(ctx context.Context, orgID string, flow models.FlowType) (int64, error) {
	if err := s.writer(ctx).Delete(&models.Binding{}, "org_id = ? AND flow = ?", orgID, flow).Error; err != nil {
		return 0, fail("clear flow", err)
	}
	result := s.writer(ctx).Delete(&models.LaneHead{}, "org_id = ? AND flow = ?", orgID, flow)
	if result.Error != nil {
		return 0, fail("clear flow", result.Error)
	}
	return result.RowsAffected, nil
}

// BindingsOf returns where an action is bound, in the order of the board.
func (s *Store) BindingsOf(ctx context.Context, orgID, actionID string) ([]models.Trigger, error) {
	var rows []models.Binding
	err := s.reader(ctx).Where("action_id = ? AND org_id = ?", actionID, orgID).Find(&rows).Error
	if err != nil {
		return nil, fail("load bindings", err)
	}
	return boardOrder(rows)[actionID], nil
}

// Usage returns for every bound action of the organization where it is bound.
func (s *Store) Usage(ctx context.Context, orgID string) (map[string][]models.Trigger, error) {
	rows, err := s.Bindings(ctx, orgID)
	return boardOrder(rows), err
}

// Bindings returns all bindings of an organization by flow, trigger and
// position.
func (s *Store) Bindings(ctx context.Context, orgID string) ([]models.Binding, error) {
	rows := []models.Binding{}
	err := s.reader(ctx).Where("org_id = ?", orgID).Order(`flow, "trigger", position`).Find(&rows).Error
	if err != nil {
		return nil, fail("load bindings", err)
	}
	return rows, nil
}

func boardOrder(rows []models.Binding) map[string][]models.Trigger {
	usage := map[string][]models.Trigger{}
	for _, t := range models.Triggers() {
		for _, b := range rows {
			if b.Flow == t.Flow && b.Trigger == t.Trigger {
				usage[b.ActionID] = append(usage[b.ActionID], t)
			}
		}
	}
	return usage
}

// Flows returns the given flows of an organization with their actions, read at
// one moment.
func (s *Store) Flows(ctx context.Context, orgID string, types ...models.FlowType) ([]models.Flow, error) {
	var rows []boundAction
	var heads []models.LaneHead
	err := s.Read(ctx, func(t *Store) error {
		err := t.reader(ctx).Table("bindings").
			Select(`bindings.flow, bindings."trigger", actions.*`).
			Joins("JOIN actions ON actions.id = bindings.action_id").
			Where("bindings.org_id = ? AND bindings.flow IN ?", orgID, types).
			Order("bindings.position").Find(&rows).Error
		if err != nil {
			return fail("load flows", err)
		}
		if err := t.reader(ctx).Where("org_id = ? AND flow IN ?", orgID, types).Find(&heads).Error; err != nil {
			return fail("load flows", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	flows := make([]models.Flow, len(types))
	for i, flow := range types {
		flows[i] = assemble(flow, rows, heads)
	}
	return flows, nil
}

// boundAction is a row of the query behind Flows.
type boundAction struct {
	Flow    models.FlowType
	Trigger models.TriggerType
	models.Action
}

func assemble(flow models.FlowType, rows []boundAction, heads []models.LaneHead) models.Flow {
	f := models.Flow{Type: flow}
	for _, t := range models.TriggersOf(flow) {
		lane := models.Lane{Trigger: t, Actions: []models.Action{}}
		for _, r := range rows {
			if r.Flow == flow && r.Trigger == t.Trigger {
				lane.Actions = append(lane.Actions, r.Action)
			}
		}
		for _, h := range heads {
			if h.Flow == flow && h.Trigger == t.Trigger {
				lane.Sequence, lane.ByName, lane.Source = h.Sequence, h.ByName, h.Source
				f.Sequence, f.ChangedAt = later(f, h.Sequence, h.ChangedAt)
			}
		}
		f.Lanes = append(f.Lanes, lane)
	}
	return f
}

// later keeps the most recent write of the flow.
func later(f models.Flow, sequence uint64, at time.Time) (uint64, time.Time) {
	if sequence > f.Sequence {
		return sequence, at
	}
	return f.Sequence, f.ChangedAt
}
