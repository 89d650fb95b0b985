package store

import (
	"context"
	"time"

	"flowbench/models"
)

var errTokenNotFound = models.NotFound(models.RuleTokenNotFound, "This token does not exist.")

// CreateToken inserts a token.
func (s *Store) CreateToken(ctx context.Context, t models.Token) error {
	t.CreatedAt = Moment(t.CreatedAt)
	if t.ExpiresAt != nil {
		at := Moment(*t.ExpiresAt)
		t.ExpiresAt = &at
	}
	err := s.writer(ctx).Create(&t).Error
	if taken := conflict(err, errDuplicateID); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create token", err)
	}
	return nil
}

// Token loads a token.
func (s *Store) Token(ctx context.Context, id string) (models.Token, error) {
	return s.tokenWhere(ctx, "id = ?", id)
}

// TokenByHash loads a token by the hash of its secret.
func (s *Store) TokenByHash(ctx context.Context, hash string) (models.Token, error) {
	return s.tokenWhere(ctx, "hash = ?", hash)
}

func (s *Store) tokenWhere(ctx context.Context, condition, value string) (models.Token, error) {
	var t models.Token
	err := s.reader(ctx).Take(&t, condition, value).Error
	if missing(err) {
		return t, errTokenNotFound
	}
	if err != nil {
		return t, fail("load token", err)
	}
	return t, nil
}

// Tokens returns the tokens of a user, the oldest first.
func (s *Store) Tokens(ctx context.Context, userID string) ([]models.Token, error) {
	list := []models.Token{}
	if err := s.reader(ctx).Where("user_id = ?", userID).Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list tokens", err)
	}
	return list, nil
}

// RevokeToken marks a token as revoked and reports whether it was not before.
func (s *Store) RevokeToken(ctx context.Context, id string, at time.Time) (bool, error) {
	result := s.writer(ctx).Model(&models.Token{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", Moment(at))
	if result.Error != nil {
		return false, fail("revoke token", result.Error)
	}
	return result.RowsAffected > 0, nil
}

// TouchToken remembers that a token was used at a moment, unless a use after
// the given limit is known already.
func (s *Store) TouchToken(ctx context.Context, id string, at, unlessAfter time.Time) error {
	err := s.writer(ctx).Model(&models.Token{}).
		Where("id = ? AND (last_used_at IS NULL OR last_used_at <= ?)", id, Moment(unlessAfter)).
		Update("last_used_at", Moment(at)).Error
	if err != nil {
		return fail("note use of token", err)
	}
	return nil
}
