package store

import (
	"context"
	"time"

	"flowbench/models"
)

// RunCounts counts the organization's runs since a moment per action and
// trigger. Only runs on behalf of somebody count: neither tests nor cases, and
// no actions that were skipped.
func (s *Store) RunCounts(ctx context.Context, orgID string, since time.Time) ([]models.RunCount, error) {
	list := []models.RunCount{}
	err := s.reader(ctx).Model(&models.Run{}).
		Select(`action_id, "trigger", COUNT(*) AS runs, SUM(CASE WHEN outcome = ? THEN 0 ELSE 1 END) AS failed`, models.OutcomeOK).
		Where("org_id = ? AND started_at >= ? AND source IN ? AND outcome <> ? AND action_id <> ''", orgID, Moment(since),
			[]models.RunSource{models.RunSourceAPI, models.RunSourceJourney}, models.OutcomeSkipped).
		Group(`action_id, "trigger"`).Order(`action_id, "trigger"`).Scan(&list).Error
	if err != nil && !missing(err) {
		return nil, fail("count runs", err)
	}
	return list, nil
}
