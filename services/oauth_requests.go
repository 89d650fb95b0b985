package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

var errRequestEnded = models.NotFound(models.RuleTokenNotFound, "This request does not exist or has ended.")

// Begin stores an authorization request and returns the secret that names it
// in addresses.
func (o *OAuth) Begin(ctx context.Context, r models.AuthRequest) (string, error) {
	secret, now := auth.NewSecret(), o.moment()
	r.ID, r.CreatedAt, r.ExpiresAt = auth.HashSecret(secret), now, now.Add(models.AuthRequestLifetime)
	return secret, o.store.CreateAuthRequest(ctx, r)
}

// Request returns the open authorization request of a secret.
func (o *OAuth) Request(ctx context.Context, secret string) (models.AuthRequest, error) {
	r, err := o.store.AuthRequest(ctx, auth.HashSecret(secret))
	if err != nil {
		return r, err
	}
	if r.UsedAt != nil || r.CodeHash != "" || !o.moment().Before(r.ExpiresAt) {
		return models.AuthRequest{}, errRequestEnded
	}
	return r, nil
}

// Consent notes that the caller lets the client act for them, and returns the
// new secret of the request. Whoever began the request knows the old one, and
// must not be able to fetch the code with it.
func (o *OAuth) Consent(ctx context.Context, secret string, authTime time.Time) (string, error) {
	p := auth.From(ctx)
	if p == nil || p.UserID == "" {
		return "", errSession
	}
	r, err := o.Request(ctx, secret)
	if err != nil {
		return "", err
	}
	user, err := o.store.User(ctx, p.UserID)
	if err != nil {
		return "", err
	}
	fresh, now := auth.NewSecret(), o.moment()
	err = o.store.Tx(ctx, func(st *store.Store) error {
		open, err := st.ConsentAuthRequest(ctx, r.ID, auth.HashSecret(fresh), user.ID, authTime)
		if err != nil {
			return err
		}
		if !open {
			return errRequestEnded
		}
		return userEvent(ctx, st, user, models.EventConsentGiven, now, nil, map[string]any{"client": r.ClientID, "scopes": r.Scopes})
	})
	if err != nil {
		return "", err
	}
	o.changed(ctx, "consent given", "client_id", r.ClientID, "user_id", user.ID)
	return fresh, nil
}

// Refuse ends an authorization request and returns it, so that the client can
// be told.
func (o *OAuth) Refuse(ctx context.Context, secret string) (models.AuthRequest, error) {
	r, err := o.Request(ctx, secret)
	if err != nil {
		return r, err
	}
	return r, o.store.DeleteAuthRequest(ctx, r.ID)
}

// SetCode notes the code of a request, which works once and not for long.
func (o *OAuth) SetCode(ctx context.Context, secret, code string) error {
	done, err := o.store.SetAuthCode(ctx, auth.HashSecret(secret), auth.HashSecret(code), o.moment().Add(models.AuthCodeLifetime))
	if err == nil && !done {
		return errRequestEnded
	}
	return err
}

// UseCode returns the request of a code, which works once. A second use means
// that somebody has a copy, so everything that the first one got ends.
func (o *OAuth) UseCode(ctx context.Context, code string) (models.AuthRequest, error) {
	r, err := o.store.AuthRequestByCode(ctx, auth.HashSecret(code))
	if err != nil {
		return r, err
	}
	now := o.moment()
	if !now.Before(r.ExpiresAt) {
		return models.AuthRequest{}, errRequestEnded
	}
	first, err := o.store.UseAuthCode(ctx, r.ID, now)
	if err != nil {
		return models.AuthRequest{}, err
	}
	if !first {
		o.log.WarnContext(ctx, "authorization code used twice", "client_id", r.ClientID, "user_id", r.UserID)
		if err := o.store.RevokeGrant(ctx, r.ID, now); err != nil {
			return models.AuthRequest{}, err
		}
		return models.AuthRequest{}, errRequestEnded
	}
	return r, nil
}
