package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"flowbench/models"
)

// CreateChainAnswer keeps the answer to a request with an idempotency key. It
// reports false, and keeps nothing, if there is one already.
func (s *Store) CreateChainAnswer(ctx context.Context, a models.ChainAnswer) (bool, error) {
	a.CreatedAt = Moment(a.CreatedAt)
	result := s.writer(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&a)
	if result.Error != nil {
		return false, fail("keep answer", result.Error)
	}
	return result.RowsAffected == 1, nil
}

// ChainAnswer loads the answer kept for an idempotency key.
func (s *Store) ChainAnswer(ctx context.Context, orgID, key string) (a models.ChainAnswer, found bool, err error) {
	err = s.reader(ctx).Take(&a, "org_id = ? AND idempotency_key = ?", orgID, key).Error
	if missing(err) {
		return a, false, nil
	}
	if err != nil {
		return a, false, fail("load answer", err)
	}
	return a, true, nil
}

// DeleteChainAnswersBefore removes answers whose keys are too old to come
// again.
func (s *Store) DeleteChainAnswersBefore(ctx context.Context, t time.Time) error {
	if err := s.writer(ctx).Where("created_at < ?", Moment(t)).Delete(&models.ChainAnswer{}).Error; err != nil {
		return fail("remove answers", err)
	}
	return nil
}
