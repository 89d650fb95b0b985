package services

import (
	"context"
	"slices"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Tokens are the use cases of personal access tokens.
type Tokens struct{ *core }

// Create makes a token for a user and returns its secret, which is never shown
// again. A nil expires means that it does not expire.
func (t *Tokens) Create(ctx context.Context, userID string, expires *time.Time) (models.Token, string, error) {
	user, err := t.owner(ctx, userID, auth.MemberWrite)
	if err != nil {
		return models.Token{}, "", err
	}
	if err := t.mayActAs(ctx, user); err != nil {
		return models.Token{}, "", err
	}
	now := t.moment()
	if expires != nil && !expires.After(now) {
		return models.Token{}, "", models.Invalid(models.RuleTokenInvalid, "expires", "The token would have expired already.")
	}
	secret := auth.NewSecret()
	var token models.Token
	err = t.withNewID(func(id string) error {
		token = models.Token{ID: id, UserID: userID, OrgID: user.OrgID, Hash: auth.HashSecret(secret), Last4: secret[len(secret)-4:], CreatedAt: now}
		if expires != nil {
			at := store.Moment(*expires)
			token.ExpiresAt = &at
		}
		return t.store.Tx(ctx, func(st *store.Store) error {
			if err := st.CreateToken(ctx, token); err != nil {
				return err
			}
			return userEvent(ctx, st, user, models.EventTokenCreated, now, nil, map[string]any{"id": id, "last4": token.Last4, "expires": token.ExpiresAt})
		})
	})
	if err != nil {
		return models.Token{}, "", err
	}
	t.changed(ctx, "token created", "token_id", token.ID, "user_id", userID)
	return token, secret, nil
}

// List returns the tokens of a user, revoked and expired ones included.
func (t *Tokens) List(ctx context.Context, userID string) ([]models.Token, error) {
	if _, err := t.owner(ctx, userID, auth.MemberRead); err != nil {
		return nil, err
	}
	return t.store.Tokens(ctx, userID)
}

// Revoke makes a token useless at once. Revoking it again changes nothing.
func (t *Tokens) Revoke(ctx context.Context, id string) error {
	token, err := t.store.Token(ctx, id)
	if err != nil {
		return err
	}
	user, err := t.owner(ctx, token.UserID, auth.MemberWrite)
	if err != nil {
		return err
	}
	err = t.store.Tx(ctx, func(st *store.Store) error {
		now := t.moment()
		done, err := st.RevokeToken(ctx, id, now)
		if err != nil || !done {
			return err
		}
		return userEvent(ctx, st, user, models.EventTokenRevoked, now, map[string]any{"id": id, "last4": token.Last4}, nil)
	})
	if err != nil {
		return err
	}
	t.changed(ctx, "token revoked", "token_id", id, "user_id", user.ID)
	return nil
}

// owner returns the user whose tokens are meant: oneself always, others of the
// organization with the permission, all with the instance's.
func (t *Tokens) owner(ctx context.Context, userID string, permission auth.Permission) (models.User, error) {
	p := auth.From(ctx)
	if p == nil || p.UserID == "" || p.UserID != userID {
		if _, err := auth.Require(ctx, permission); err != nil {
			return models.User{}, err
		}
	}
	user, err := t.store.User(ctx, userID)
	if err != nil {
		return models.User{}, err
	}
	if user.ID != p.UserID && user.OrgID != p.OrgID && !p.Can(auth.IAMWrite) {
		return models.User{}, models.NotFound(models.RuleUserNotFound, "This user does not exist.")
	}
	return user, nil
}

// mayActAs refuses tokens of users who may do something that the caller may
// not: on the instance, or in another organization.
func (t *Tokens) mayActAs(ctx context.Context, user models.User) error {
	p := auth.From(ctx)
	if p.UserID == user.ID || p.Can(auth.IAMWrite) {
		return nil
	}
	memberships, err := t.store.Memberships(ctx, user.ID, p.OrgID)
	if err != nil {
		return err
	}
	orgs, err := t.store.OrgsOf(ctx, user.ID)
	if err != nil {
		return err
	}
	global := slices.ContainsFunc(memberships, func(m models.Membership) bool { return m.OrgID == "" })
	elsewhere := slices.ContainsFunc(orgs, func(o models.Org) bool { return o.ID != p.OrgID })
	if global || elsewhere {
		return &models.Error{Kind: models.KindPermissionDenied, Rule: models.RulePermission, Message: "This user may do more than you."}
	}
	return nil
}

// userEvent records what happened to a user.
func userEvent(ctx context.Context, st *store.Store, u models.User, event models.EventType, at time.Time, before, after any) error {
	sequence, err := st.NextUserSequence(ctx, u.ID)
	if err != nil {
		return err
	}
	return record(ctx, st, models.Event{OrgID: u.OrgID, Aggregate: models.AggregateUser, AggregateID: u.ID, Sequence: sequence, Type: event, At: at}, before, after)
}
