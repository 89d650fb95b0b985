package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
)

// PerDay counts the runs of the last days, today included, the oldest day
// first; days without runs are there with zeros.
func (r *Runs) PerDay(ctx context.Context, days int) ([]models.DayRuns, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	today := r.moment().UTC().Truncate(24 * time.Hour)
	first := today.AddDate(0, 0, 1-days)
	found, err := r.store.RunsPerDay(ctx, p.OrgID, first)
	if err != nil {
		return nil, err
	}
	list := make([]models.DayRuns, days)
	for i := range list {
		list[i].Day = first.AddDate(0, 0, i)
	}
	for _, d := range found {
		if i := int(d.Day.Sub(first) / (24 * time.Hour)); i >= 0 && i < days {
			list[i] = d
		}
	}
	return list, nil
}

// Tallies counts the runs of the last while per action and trigger.
func (r *Runs) Tallies(ctx context.Context, last time.Duration) ([]models.RunTally, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return r.store.RunTallies(ctx, p.OrgID, r.moment().Add(-last))
}

// Newest returns the newest run of each action by the action's id.
func (r *Runs) Newest(ctx context.Context) (map[string]models.LastRun, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	list, err := r.store.LastRuns(ctx, p.OrgID)
	if err != nil {
		return nil, err
	}
	byAction := make(map[string]models.LastRun, len(list))
	for _, l := range list {
		byAction[l.ActionID] = l
	}
	return byAction, nil
}
