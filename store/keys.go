package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"flowbench/models"
)

var (
	errKeyNotFound    = models.NotFound(models.RuleKeyNotFound, "This key does not exist.")
	errSecretNotFound = models.NotFound(models.RuleKeyNotFound, "This user has no client secret.")
)

// CreateServiceKey inserts a machine user's key.
func (s *Store) CreateServiceKey(ctx context.Context, k models.ServiceKey) error {
	k.CreatedAt, k.ExpiresAt = Moment(k.CreatedAt), Moment(k.ExpiresAt)
	err := s.writer(ctx).Create(&k).Error
	if taken := conflict(err, errDuplicateID); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create key", err)
	}
	return nil
}

// ServiceKey loads a machine user's key.
func (s *Store) ServiceKey(ctx context.Context, id string) (models.ServiceKey, error) {
	var k models.ServiceKey
	err := s.reader(ctx).Take(&k, "id = ?", id).Error
	if missing(err) {
		return k, errKeyNotFound
	}
	if err != nil {
		return k, fail("load key", err)
	}
	return k, nil
}

// ServiceKeys returns the keys of a user, the oldest first.
func (s *Store) ServiceKeys(ctx context.Context, userID string) ([]models.ServiceKey, error) {
	list := []models.ServiceKey{}
	if err := s.reader(ctx).Where("user_id = ?", userID).Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list keys", err)
	}
	return list, nil
}

// RevokeServiceKey marks a key as revoked and reports whether it was not
// before.
func (s *Store) RevokeServiceKey(ctx context.Context, id string, at time.Time) (bool, error) {
	result := s.writer(ctx).Model(&models.ServiceKey{}).Where("id = ? AND revoked_at IS NULL", id).Update("revoked_at", Moment(at))
	if result.Error != nil {
		return false, fail("revoke key", result.Error)
	}
	return result.RowsAffected > 0, nil
}

// TouchServiceKey remembers that a key was used at a moment, unless a use
// after the given limit is known already.
func (s *Store) TouchServiceKey(ctx context.Context, id string, at, unlessAfter time.Time) error {
	err := s.writer(ctx).Model(&models.ServiceKey{}).
		Where("id = ? AND (last_used_at IS NULL OR last_used_at <= ?)", id, Moment(unlessAfter)).
		Update("last_used_at", Moment(at)).Error
	if err != nil {
		return fail("note use of key", err)
	}
	return nil
}

// SetClientSecret inserts or replaces the client secret of a machine user.
func (s *Store) SetClientSecret(ctx context.Context, c models.ClientSecret) error {
	c.CreatedAt = Moment(c.CreatedAt)
	if err := s.writer(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&c).Error; err != nil {
		return fail("set client secret", err)
	}
	return nil
}

// ClientSecret loads the client secret of a machine user.
func (s *Store) ClientSecret(ctx context.Context, userID string) (models.ClientSecret, error) {
	var c models.ClientSecret
	err := s.reader(ctx).Take(&c, "user_id = ?", userID).Error
	if missing(err) {
		return c, errSecretNotFound
	}
	if err != nil {
		return c, fail("load client secret", err)
	}
	return c, nil
}

// DeleteClientSecret removes the client secret of a machine user and reports
// whether there was one.
func (s *Store) DeleteClientSecret(ctx context.Context, userID string) (bool, error) {
	result := s.writer(ctx).Delete(&models.ClientSecret{}, "user_id = ?", userID)
	if result.Error != nil && !missing(result.Error) {
		return false, fail("delete client secret", result.Error)
	}
	return result.RowsAffected > 0, nil
}

// CreateCryptoKey inserts a key of the server.
func (s *Store) CreateCryptoKey(ctx context.Context, k models.CryptoKey) error {
	k.CreatedAt = Moment(k.CreatedAt)
	if err := s.writer(ctx).Create(&k).Error; err != nil {
		return fail("create server key", err)
	}
	return nil
}

// CryptoKeys returns the keys of the server for a purpose that have not ended,
// the one in use first.
func (s *Store) CryptoKeys(ctx context.Context, purpose models.KeyPurpose, now time.Time) ([]models.CryptoKey, error) {
	list := []models.CryptoKey{}
	err := s.reader(ctx).Where("purpose = ? AND (ends_at IS NULL OR ends_at > ?)", purpose, Moment(now)).
		Order("CASE WHEN ends_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id").Find(&list).Error
	if err != nil {
		return nil, fail("list server keys", err)
	}
	return list, nil
}

// EndCryptoKeys gives the keys in use for a purpose an end.
func (s *Store) EndCryptoKeys(ctx context.Context, purpose models.KeyPurpose, endsAt time.Time) error {
	err := s.writer(ctx).Model(&models.CryptoKey{}).Where("purpose = ? AND ends_at IS NULL", purpose).
		Update("ends_at", Moment(endsAt)).Error
	if err != nil {
		return fail("end server keys", err)
	}
	return nil
}
