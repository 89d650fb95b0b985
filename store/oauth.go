package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"flowbench/models"
)

var (
	errClientNotFound = models.NotFound(models.RuleClientNotFound, "This client does not exist.")
	errGrantNotFound  = models.NotFound(models.RuleTokenNotFound, "This request does not exist.")
)

// CreateOAuthClient inserts a client.
func (s *Store) CreateOAuthClient(ctx context.Context, c models.OAuthClient) error {
	c.CreatedAt = Moment(c.CreatedAt)
	err := s.writer(ctx).Create(&c).Error
	if taken := conflict(err, errDuplicateID); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create client", err)
	}
	return nil
}

// OAuthClient loads a client.
func (s *Store) OAuthClient(ctx context.Context, id string) (models.OAuthClient, error) {
	return take[models.OAuthClient](s.reader(ctx), "load client", errClientNotFound, "id = ?", id)
}

// OAuthClients returns the clients of an organization, the oldest first.
func (s *Store) OAuthClients(ctx context.Context, orgID string) ([]models.OAuthClient, error) {
	list := []models.OAuthClient{}
	if err := s.reader(ctx).Where("org_id = ?", orgID).Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list clients", err)
	}
	return list, nil
}

// DeleteOAuthClient removes a client with what it was given.
func (s *Store) DeleteOAuthClient(ctx context.Context, id string) error {
	for _, row := range []any{&models.AccessToken{}, &models.RefreshToken{}} {
		if err := s.writer(ctx).Delete(row, "client_id = ?", id).Error; err != nil {
			return fail("delete tokens of client", err)
		}
	}
	if err := s.writer(ctx).Delete(&models.OAuthClient{}, "id = ?", id).Error; err != nil {
		return fail("delete client", err)
	}
	return nil
}

// CreateAuthRequest inserts an authorization request.
func (s *Store) CreateAuthRequest(ctx context.Context, r models.AuthRequest) error {
	r.CreatedAt, r.ExpiresAt = Moment(r.CreatedAt), Moment(r.ExpiresAt)
	if err := s.writer(ctx).Create(&r).Error; err != nil {
		return fail("create authorization request", err)
	}
	return nil
}

// AuthRequest loads an authorization request.
func (s *Store) AuthRequest(ctx context.Context, id string) (models.AuthRequest, error) {
	return take[models.AuthRequest](s.reader(ctx), "load authorization request", errGrantNotFound, "id = ?", id)
}

// AuthRequestByCode loads an authorization request by the hash of its code.
func (s *Store) AuthRequestByCode(ctx context.Context, codeHash string) (models.AuthRequest, error) {
	return take[models.AuthRequest](s.reader(ctx), "load authorization request", errGrantNotFound, "code_hash = ? AND code_hash <> ''", codeHash)
}

// ConsentAuthRequest notes who consented, once, gives the request a new id and
// reports whether it was open.
func (s *Store) ConsentAuthRequest(ctx context.Context, id, newID, userID string, authTime time.Time) (bool, error) {
	return s.changeOnce(ctx, "consent", &models.AuthRequest{}, "id = ? AND user_id = ''", id,
		map[string]any{"id": newID, "user_id": userID, "auth_time": Moment(authTime)})
}

// SetAuthCode notes the code of an authorization request, once, and reports
// whether it had none. The code ends at a moment.
func (s *Store) SetAuthCode(ctx context.Context, id, codeHash string, endsAt time.Time) (bool, error) {
	return s.changeOnce(ctx, "set code", &models.AuthRequest{}, "id = ? AND code_hash = ''", id,
		map[string]any{"code_hash": codeHash, "expires_at": Moment(endsAt)})
}

// UseAuthCode notes that the code was exchanged and reports whether it was not
// before.
func (s *Store) UseAuthCode(ctx context.Context, id string, at time.Time) (bool, error) {
	return s.changeOnce(ctx, "use code", &models.AuthRequest{}, "id = ? AND used_at IS NULL", id, map[string]any{"used_at": Moment(at)})
}

// DeleteAuthRequest removes an authorization request that was refused.
func (s *Store) DeleteAuthRequest(ctx context.Context, id string) error {
	if err := s.writer(ctx).Delete(&models.AuthRequest{}, "id = ?", id).Error; err != nil {
		return fail("delete authorization request", err)
	}
	return nil
}

// CreateAccessToken inserts an access token.
func (s *Store) CreateAccessToken(ctx context.Context, t models.AccessToken) error {
	t.CreatedAt, t.ExpiresAt = Moment(t.CreatedAt), Moment(t.ExpiresAt)
	err := s.writer(ctx).Create(&t).Error
	if taken := conflict(err, errDuplicateID); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create access token", err)
	}
	return nil
}

// AccessToken loads an access token.
func (s *Store) AccessToken(ctx context.Context, id string) (models.AccessToken, error) {
	return take[models.AccessToken](s.reader(ctx), "load access token", errTokenNotFound, "id = ?", id)
}

// RevokeAccessToken marks an access token as revoked.
func (s *Store) RevokeAccessToken(ctx context.Context, id string, at time.Time) error {
	_, err := s.changeOnce(ctx, "revoke access token", &models.AccessToken{}, "id = ? AND revoked_at IS NULL", id, map[string]any{"revoked_at": Moment(at)})
	return err
}

// RevokeOwnTokens marks the access tokens that a machine user got for itself
// as revoked.
func (s *Store) RevokeOwnTokens(ctx context.Context, userID string, at time.Time) error {
	_, err := s.changeOnce(ctx, "revoke tokens of user", &models.AccessToken{}, "client_id = ? AND client_id = user_id AND revoked_at IS NULL", userID,
		map[string]any{"revoked_at": Moment(at)})
	return err
}

// RevokeGrant marks every token that goes back to an authorization request as
// revoked.
func (s *Store) RevokeGrant(ctx context.Context, grantID string, at time.Time) error {
	for _, row := range []any{&models.AccessToken{}, &models.RefreshToken{}} {
		_, err := s.changeOnce(ctx, "revoke grant", row, "grant_id = ? AND grant_id <> '' AND revoked_at IS NULL", grantID, map[string]any{"revoked_at": Moment(at)})
		if err != nil {
			return err
		}
	}
	return nil
}

// CreateRefreshToken inserts a refresh token.
func (s *Store) CreateRefreshToken(ctx context.Context, t models.RefreshToken) error {
	t.CreatedAt, t.ExpiresAt, t.AuthTime = Moment(t.CreatedAt), Moment(t.ExpiresAt), Moment(t.AuthTime)
	if err := s.writer(ctx).Create(&t).Error; err != nil {
		return fail("create refresh token", err)
	}
	return nil
}

// RefreshToken loads a refresh token by the hash of its secret.
func (s *Store) RefreshToken(ctx context.Context, id string) (models.RefreshToken, error) {
	return take[models.RefreshToken](s.reader(ctx), "load refresh token", errTokenNotFound, "id = ?", id)
}

// UseRefreshToken notes that a refresh token was exchanged and reports whether
// it was not before.
func (s *Store) UseRefreshToken(ctx context.Context, id string, at time.Time) (bool, error) {
	return s.changeOnce(ctx, "use refresh token", &models.RefreshToken{}, "id = ? AND used_at IS NULL AND revoked_at IS NULL", id, map[string]any{"used_at": Moment(at)})
}

// PruneOAuth removes tokens, requests and server keys that have ended.
func (s *Store) PruneOAuth(ctx context.Context, now time.Time) error {
	for _, row := range []any{&models.AccessToken{}, &models.RefreshToken{}, &models.AuthRequest{}} {
		if err := s.writer(ctx).Delete(row, "expires_at <= ?", Moment(now)).Error; err != nil {
			return fail("remove ended tokens", err)
		}
	}
	if err := s.writer(ctx).Delete(&models.CryptoKey{}, "ends_at <= ?", Moment(now)).Error; err != nil {
		return fail("remove ended keys", err)
	}
	return nil
}

// changeOnce updates the rows of a condition and reports whether there was
// one.
func (s *Store) changeOnce(ctx context.Context, what string, row any, condition, value string, changes map[string]any) (bool, error) {
	result := s.writer(ctx).Model(row).Where(condition, value).Updates(changes)
	if result.Error != nil && !missing(result.Error) {
		return false, fail(what, result.Error)
	}
	return result.RowsAffected > 0, nil
}

// take loads one row.
func take[T any](db *gorm.DB, what string, none error, condition, value string) (T, error) {
	var row T
	err := db.Where(condition, value).Take(&row).Error
	if missing(err) {
		return row, none
	}
	if err != nil {
		return row, fail(what, err)
	}
	return row, nil
}
