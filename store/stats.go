package store

import (
	"context"
	"time"

	"flowbench/models"
)

// runMoment is what the statistics need of a run.
type runMoment struct {
	StartedAt time.Time
	Outcome   models.OutcomeKind
	Tolerated bool
}

// RunsPerDay counts the runs of an organization that began since from, per day
// in UTC, days without runs left out. The rows are grouped here, because the
// databases disagree about functions of time.
func (s *Store) RunsPerDay(ctx context.Context, orgID string, from time.Time) ([]models.DayRuns, error) {
	rows, err := s.reader(ctx).Model(&models.Run{}).Select("started_at", "outcome", "tolerated").
		Where("org_id = ? AND started_at >= ?", orgID, Moment(from)).Order("started_at").Rows()
	if err != nil {
		return nil, fail("count runs", err)
	}
	defer rows.Close()
	var days []models.DayRuns
	for rows.Next() {
		var m runMoment
		if err := s.reader(ctx).ScanRows(rows, &m); err != nil {
			return nil, fail("count runs", err)
		}
		day := m.StartedAt.UTC().Truncate(24 * time.Hour)
		if len(days) == 0 || !days[len(days)-1].Day.Equal(day) {
			days = append(days, models.DayRuns{Day: day})
		}
		count(&days[len(days)-1], m)
	}
	if err := rows.Err(); err != nil {
		return nil, fail("count runs", err)
	}
	return days, nil
}

func count(d *models.DayRuns, m runMoment) {
	switch {
	case m.Outcome == models.OutcomeOK:
		d.Succeeded++
	case m.Tolerated:
		d.Tolerated++
	default:
		d.Failed++
	}
}

// RunTallies counts the runs since from per action and trigger.
func (s *Store) RunTallies(ctx context.Context, orgID string, from time.Time) ([]models.RunTally, error) {
	list := []models.RunTally{}
	err := s.reader(ctx).Model(&models.Run{}).
		Select(`action_id, "trigger", COUNT(*) AS runs, SUM(CASE WHEN outcome = ? THEN 0 ELSE 1 END) AS failed`, models.OutcomeOK).
		Where("org_id = ? AND started_at >= ? AND action_id <> ''", orgID, Moment(from)).
		Group(`action_id, "trigger"`).Scan(&list).Error
	if err != nil {
		return nil, fail("count runs", err)
	}
	return list, nil
}

// LastRuns returns the newest run of each action that has one.
func (s *Store) LastRuns(ctx context.Context, orgID string) ([]models.LastRun, error) {
	list := []models.LastRun{}
	newest := s.reader(ctx).Model(&models.Run{}).Select("MAX(id)").Where("org_id = ? AND action_id <> ''", orgID).Group("action_id")
	err := s.reader(ctx).Model(&models.Run{}).
		Select("action_id, id AS run_id, outcome, tolerated, started_at AS at").Where("id IN (?)", newest).Scan(&list).Error
	if err != nil {
		return nil, fail("list newest runs", err)
	}
	return list, nil
}
