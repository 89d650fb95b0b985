package store

import (
	"context"
	"time"

	"flowbench/models"
)

// CreateSession inserts a session.
func (s *Store) CreateSession(ctx context.Context, v models.Session) error {
	v.CreatedAt, v.SeenAt, v.ExpiresAt = Moment(v.CreatedAt), Moment(v.SeenAt), Moment(v.ExpiresAt)
	if err := s.writer(ctx).Create(&v).Error; err != nil {
		return fail("create session", err)
	}
	return nil
}

// Session loads a session by the hash of its secret.
func (s *Store) Session(ctx context.Context, id string) (models.Session, error) {
	var v models.Session
	err := s.reader(ctx).Take(&v, "id = ?", id).Error
	if missing(err) {
		return v, models.NotFound(models.RuleTokenNotFound, "This session does not exist.")
	}
	if err != nil {
		return v, fail("load session", err)
	}
	return v, nil
}

// SessionsOf returns the sessions of a user, the one seen last first.
func (s *Store) SessionsOf(ctx context.Context, userID string) ([]models.Session, error) {
	list := []models.Session{}
	if err := s.reader(ctx).Where("user_id = ?", userID).Order("seen_at DESC, id").Find(&list).Error; err != nil {
		return nil, fail("list sessions", err)
	}
	return list, nil
}

// TouchSession remembers when a session was seen last.
func (s *Store) TouchSession(ctx context.Context, id string, at time.Time) error {
	err := s.writer(ctx).Model(&models.Session{}).Where("id = ? AND seen_at < ?", id, Moment(at)).Update("seen_at", Moment(at)).Error
	if err != nil {
		return fail("note use of session", err)
	}
	return nil
}

// DeleteSession removes a session and reports whether it was there.
func (s *Store) DeleteSession(ctx context.Context, id string) (bool, error) {
	result := s.writer(ctx).Delete(&models.Session{}, "id = ?", id)
	if result.Error != nil && !missing(result.Error) {
		return false, fail("delete session", result.Error)
	}
	return result.RowsAffected > 0, nil
}

// DeleteSessions removes sessions that expired or were not seen since idle.
func (s *Store) DeleteSessions(ctx context.Context, now, idle time.Time) error {
	err := s.writer(ctx).Delete(&models.Session{}, "expires_at <= ? OR seen_at <= ?", Moment(now), Moment(idle)).Error
	if err != nil {
		return fail("delete sessions", err)
	}
	return nil
}
