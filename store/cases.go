package store

import (
	"context"

	"flowbench/models"
)

var errCaseName = models.AlreadyExists(models.RuleCaseNameTaken, "Another case has this name.")

// SaveCase writes a case, new or changed.
func (s *Store) SaveCase(ctx context.Context, c models.Case) error {
	c.CreatedAt, c.ChangedAt = Moment(c.CreatedAt), Moment(c.ChangedAt)
	err := s.writer(ctx).Save(&c).Error
	if taken := conflict(err, errCaseName); taken != nil {
		return taken
	}
	if err != nil {
		return fail("save case", err)
	}
	return nil
}

// Case loads one case of the organization.
func (s *Store) Case(ctx context.Context, orgID, id string) (models.Case, error) {
	var c models.Case
	err := s.reader(ctx).Take(&c, "id = ? AND org_id = ?", id, orgID).Error
	if missing(err) {
		return c, models.NotFound(models.RuleCaseNotFound, "This case does not exist.")
	}
	if err != nil {
		return c, fail("load case", err)
	}
	return c, nil
}

// Cases returns the cases of an action or of the organization's journeys; with
// all set, every case whose action still exists, in the order of creation.
func (s *Store) Cases(ctx context.Context, orgID, actionID string, all bool) ([]models.Case, error) {
	list := []models.Case{}
	q := s.reader(ctx).Where("org_id = ?", orgID)
	if all {
		q = q.Where("action_id = '' OR action_id IN (SELECT id FROM actions WHERE org_id = ?)", orgID)
	} else {
		q = q.Where("action_id = ?", actionID)
	}
	if err := q.Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list cases", err)
	}
	return list, nil
}

// DeleteCase removes a case.
func (s *Store) DeleteCase(ctx context.Context, orgID, id string) error {
	if err := s.writer(ctx).Delete(&models.Case{}, "id = ? AND org_id = ?", id, orgID).Error; err != nil {
		return fail("delete case", err)
	}
	return nil
}
