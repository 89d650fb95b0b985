package services

import "flowbench/models"

// describe is an action as events keep it.
func describe(a models.Action) models.ActionSnapshot {
	return models.ActionSnapshot{Name: a.Name, Timeout: models.Seconds(a.Timeout), AllowedToFail: a.AllowedToFail, State: a.State, Version: a.Version}
}

// describeLane is one trigger's list as events keep it.
func describeLane(flow models.FlowType, trigger models.TriggerType, ids []string, names map[string]string) models.LaneSnapshot {
	t, _ := models.TriggerOf(flow, trigger)
	lane := models.LaneSnapshot{Trigger: t.Slug, Actions: make([]models.BoundAction, len(ids))}
	for i, id := range ids {
		lane.Actions[i] = models.BoundAction{ID: id, Name: names[id]}
	}
	return lane
}

// describeFlow is a whole flow as events keep it: the triggers with actions.
func describeFlow(f models.Flow) models.FlowSnapshot {
	snapshot := models.FlowSnapshot{Flow: f.Type, Lanes: []models.LaneSnapshot{}}
	for _, l := range f.Lanes {
		if len(l.Actions) == 0 {
			continue
		}
		names := map[string]string{}
		for _, a := range l.Actions {
			names[a.ID] = a.Name
		}
		snapshot.Lanes = append(snapshot.Lanes, describeLane(l.Trigger.Flow, l.Trigger.Trigger, l.IDs(), names))
	}
	return snapshot
}
