package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"flowbench/models"
)

// CreateRun keeps a run.
func (s *Store) CreateRun(ctx context.Context, r models.Run) error {
	r.StartedAt = Moment(r.StartedAt)
	err := s.writer(ctx).Create(&r).Error
	if taken := conflict(err, errDuplicateID); taken != nil {
		return taken
	}
	if err != nil {
		return fail("keep run", err)
	}
	return nil
}

// Run loads a run of the organization.
func (s *Store) Run(ctx context.Context, orgID, id string) (models.Run, error) {
	var r models.Run
	err := s.reader(ctx).Take(&r, "id = ? AND org_id = ?", id, orgID).Error
	if missing(err) {
		return r, models.NotFound(models.RuleRunNotFound, "This run does not exist.")
	}
	if err != nil {
		return r, fail("load run", err)
	}
	return r, nil
}

// Runs returns a page of the organization's runs, the newest first. Ids grow
// with time, which makes them the key of paging.
func (s *Store) Runs(ctx context.Context, orgID string, f models.RunFilter) ([]models.Run, error) {
	list := []models.Run{}
	err := s.runConditions(s.reader(ctx), orgID, f).Order("id" + s.byCodePoint() + " DESC").Limit(pageLimit(f.Limit)).Find(&list).Error
	if err != nil && !missing(err) {
		return nil, fail("list runs", err)
	}
	return list, nil
}

func (s *Store) runConditions(q *gorm.DB, orgID string, f models.RunFilter) *gorm.DB {
	q = q.Where("org_id = ?", orgID)
	if f.ActionID != "" {
		q = q.Where("action_id = ?", f.ActionID)
	}
	if f.Trigger != "" {
		q = q.Where(`"trigger" = ?`, f.Trigger)
	}
	if f.Source != "" {
		q = q.Where("source = ?", f.Source)
	}
	if len(f.Outcomes) > 0 {
		q = q.Where("outcome IN ?", f.Outcomes)
	}
	if !f.From.IsZero() {
		q = q.Where("started_at >= ?", Moment(f.From))
	}
	if !f.To.IsZero() {
		q = q.Where("started_at < ?", Moment(f.To))
	}
	if f.LogText != "" {
		q = q.Where(s.position(s.lower("result"))+" > 0", models.NameKey(jsonText(f.LogText)))
	}
	if f.BeforeID != "" {
		q = q.Where("id"+s.byCodePoint()+" < ?", f.BeforeID)
	}
	return q
}

// DeleteRunsBefore removes the runs of all organizations that started before a
// moment and returns how many there were.
func (s *Store) DeleteRunsBefore(ctx context.Context, t time.Time) (int64, error) {
	result := s.writer(ctx).Delete(&models.Run{}, "started_at < ?", Moment(t))
	if result.Error != nil {
		return 0, fail("delete runs", result.Error)
	}
	return result.RowsAffected, nil
}

// DeleteOrgRunsBefore removes the runs of one organization that started before
// a moment and returns how many there were.
func (s *Store) DeleteOrgRunsBefore(ctx context.Context, orgID string, t time.Time) (int64, error) {
	result := s.writer(ctx).Delete(&models.Run{}, "org_id = ? AND started_at < ?", orgID, Moment(t))
	if result.Error != nil {
		return 0, fail("delete runs", result.Error)
	}
	return result.RowsAffected, nil
}

// DeleteRunsBeyond keeps the newest runs of each organization, removes the
// rest and returns how many that were.
func (s *Store) DeleteRunsBeyond(ctx context.Context, newest int) (int64, error) {
	id := "id" + s.byCodePoint()
	result := s.writer(ctx).Exec(`DELETE FROM runs WHERE `+id+` <= (SELECT r.id FROM runs r WHERE r.org_id = runs.org_id ORDER BY r.`+id+` DESC LIMIT 1 OFFSET ?)`, newest)
	if result.Error != nil {
		return 0, fail("delete runs", result.Error)
	}
	return result.RowsAffected, nil
}
