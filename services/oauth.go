package services

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"flowbench/auth"
	"flowbench/auth/oauth"
	"flowbench/models"
	"flowbench/store"
)

// OAuth are the use cases behind the OAuth server: it is what the protocol
// asks for clients, tokens and keys.
type OAuth struct{ *core }

var _ oauth.Backend = (*OAuth)(nil)

// errClient tells nobody whether the client or its secret is wrong.
var errClient = &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleCredentials, Message: "The client or its secret is not right."}

// CheckSecretKey reports whether the stored keys can be opened.
func (o *OAuth) CheckSecretKey(ctx context.Context) error { return o.vault.check(ctx) }

// RotateKeys replaces the keys that tokens are sealed and signed with, and
// returns until when the ones before stay good.
func (o *OAuth) RotateKeys(ctx context.Context) (time.Time, error) {
	if _, err := auth.Require(ctx, auth.IAMWrite); err != nil {
		return time.Time{}, err
	}
	endsAt, err := o.vault.rotate(ctx)
	if err != nil {
		return time.Time{}, err
	}
	o.changed(ctx, "server keys rotated", "old_keys_end", endsAt)
	return endsAt, nil
}

// Prune removes what has ended.
func (o *OAuth) Prune(ctx context.Context) error { return o.store.PruneOAuth(ctx, o.moment()) }

// ServiceKey returns the public half of a usable key. A key speaks for its own
// user only: whoever holds one must not become somebody else with it.
func (o *OAuth) ServiceKey(ctx context.Context, userID, keyID string) (string, error) {
	key, err := o.store.ServiceKey(ctx, keyID)
	if err != nil {
		return "", err
	}
	now := o.moment()
	if key.UserID != userID || !key.Usable(now) {
		return "", errTokenInvalid
	}
	if key.LastUsedAt == nil || now.Sub(*key.LastUsedAt) >= touchEvery {
		if err := o.store.TouchServiceKey(ctx, key.ID, now, now.Add(-touchEvery)); err != nil {
			o.log.WarnContext(ctx, "key use not noted", "key_id", key.ID, "error", err)
		}
	}
	return key.PublicKey, nil
}

// Client finds a registered program by its id, or a machine user by its name.
func (o *OAuth) Client(ctx context.Context, clientID string) (oauth.Client, error) {
	c, err := o.store.OAuthClient(ctx, clientID)
	if err == nil {
		return oauth.Client{OAuthClient: c}, nil
	}
	if models.KindOf(err) != models.KindNotFound {
		return oauth.Client{}, err
	}
	user, err := o.store.UserByName(ctx, clientID)
	if err != nil {
		return oauth.Client{}, err
	}
	if user.Type != models.UserMachine {
		return oauth.Client{}, errClient
	}
	return oauth.Client{OAuthClient: models.OAuthClient{ID: user.ID, OrgID: user.OrgID, Name: user.Name}, Machine: true}, nil
}

// ClientWithSecret finds a client and checks its secret.
func (o *OAuth) ClientWithSecret(ctx context.Context, clientID, secret string) (oauth.Client, error) {
	c, err := o.Client(ctx, clientID)
	if models.KindOf(err) == models.KindNotFound {
		return c, errClient
	}
	if err != nil {
		return c, err
	}
	hash := c.SecretHash
	if c.Machine {
		row, err := o.store.ClientSecret(ctx, c.ID)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return c, err
		}
		hash = row.Hash
	}
	if hash == "" || subtle.ConstantTimeCompare([]byte(hash), []byte(auth.HashSecret(secret))) != 1 {
		return oauth.Client{}, errClient
	}
	return c, nil
}

// Issue makes an access token.
func (o *OAuth) Issue(ctx context.Context, g oauth.Grant) (models.AccessToken, error) {
	token := o.accessToken(g)
	err := o.withNewID(func(id string) error {
		token.ID = id
		return o.store.CreateAccessToken(ctx, token)
	})
	return token, err
}

func (o *OAuth) accessToken(g oauth.Grant) models.AccessToken {
	now := o.moment()
	return models.AccessToken{UserID: g.UserID, ClientID: g.ClientID, GrantID: g.GrantID, Audience: g.Audience, Scopes: g.Scopes,
		CreatedAt: now, ExpiresAt: now.Add(models.AccessTokenLifetime)}
}

// IssueWithRefresh makes an access token and a refresh token. The present one
// is used up; when it was used before, somebody has a copy, and everything of
// its grant ends.
func (o *OAuth) IssueWithRefresh(ctx context.Context, g oauth.Grant, present string) (models.AccessToken, string, error) {
	now, secret, token := o.moment(), auth.NewSecret(), o.accessToken(g)
	refresh := models.RefreshToken{ID: auth.HashSecret(secret), UserID: g.UserID, ClientID: g.ClientID, GrantID: g.GrantID, Audience: g.Audience,
		Scopes: g.Scopes, AuthTime: g.AuthTime, CreatedAt: now, ExpiresAt: now.Add(models.RefreshTokenLifetime)}
	reused := false
	err := o.withNewID(func(id string) error {
		token.ID = id
		return o.store.Tx(ctx, func(st *store.Store) error {
			if present != "" {
				fresh, err := st.UseRefreshToken(ctx, auth.HashSecret(present), now)
				if err != nil {
					return err
				}
				if reused = !fresh; reused {
					return st.RevokeGrant(ctx, g.GrantID, now)
				}
			}
			if err := st.CreateRefreshToken(ctx, refresh); err != nil {
				return err
			}
			return st.CreateAccessToken(ctx, token)
		})
	})
	if err == nil && reused {
		err = errTokenInvalid
	}
	if err != nil {
		return models.AccessToken{}, "", err
	}
	return token, secret, nil
}

// Refresh returns a usable refresh token. One that was used before ends its
// whole grant.
func (o *OAuth) Refresh(ctx context.Context, secret string) (models.RefreshToken, error) {
	token, err := o.store.RefreshToken(ctx, auth.HashSecret(secret))
	if err != nil {
		return token, err
	}
	now := o.moment()
	if token.UsedAt != nil && token.RevokedAt == nil {
		if err := o.store.RevokeGrant(ctx, token.GrantID, now); err != nil {
			return token, err
		}
		o.log.WarnContext(ctx, "refresh token used twice", "client_id", token.ClientID, "user_id", token.UserID)
	}
	if token.UsedAt != nil || token.RevokedAt != nil || !now.Before(token.ExpiresAt) {
		return models.RefreshToken{}, errTokenInvalid
	}
	return token, nil
}

// Token returns a usable access token and whose it is.
func (o *OAuth) Token(ctx context.Context, id string) (models.AccessToken, models.User, error) {
	token, err := o.store.AccessToken(ctx, id)
	if err != nil {
		return models.AccessToken{}, models.User{}, err
	}
	if !token.Usable(o.moment()) {
		return models.AccessToken{}, models.User{}, errTokenInvalid
	}
	user, err := o.store.User(ctx, token.UserID)
	return token, user, err
}

// User returns a user for the claims of an ID token.
func (o *OAuth) User(ctx context.Context, id string) (models.User, error) {
	return o.store.User(ctx, id)
}

// RevokeToken ends an access token.
func (o *OAuth) RevokeToken(ctx context.Context, id string) error {
	return o.store.RevokeAccessToken(ctx, id, o.moment())
}

// RevokeGrant ends everything that goes back to one authorization request.
func (o *OAuth) RevokeGrant(ctx context.Context, grantID string) error {
	return o.store.RevokeGrant(ctx, grantID, o.moment())
}

// SigningKeys returns the keys that signatures are checked with, the one in
// use first.
func (o *OAuth) SigningKeys(ctx context.Context) ([]oauth.SigningKey, error) {
	return o.vault.signingKeys(ctx)
}

// Seal makes a text that only the server reads again.
func (o *OAuth) Seal(ctx context.Context, plain string) (string, error) {
	return o.vault.seal(ctx, plain)
}

// Open reads what Seal made.
func (o *OAuth) Open(ctx context.Context, sealed string) (string, error) {
	keyID, rest, ok := strings.Cut(sealed, ".")
	if !ok {
		return "", errTokenInvalid
	}
	return o.vault.open(ctx, keyID, rest)
}

// byAccessToken finds whose access token of our own it is. It must be meant
// for the API: a token that a person gave a program for signing in only does
// not open it.
func (p *Principals) byAccessToken(ctx context.Context, secret string) (userID, tokenID string, err error) {
	oauth := &OAuth{p.core}
	plain, err := oauth.Open(ctx, secret)
	if err != nil {
		return "", "", err
	}
	id, subject, ok := strings.Cut(plain, ":")
	if !ok {
		return "", "", errTokenInvalid
	}
	token, err := p.store.AccessToken(ctx, id)
	if models.KindOf(err) == models.KindNotFound {
		return "", "", errTokenInvalid
	}
	if err != nil {
		return "", "", err
	}
	if token.UserID != subject || !token.Usable(p.moment()) || !slices.Contains(token.Audience, models.APIAudience) {
		return "", "", errTokenInvalid
	}
	return token.UserID, token.ID, nil
}

// looksSealed tells an access token of ours from a personal one, which has no
// dot.
func looksSealed(secret string) bool { return strings.Count(secret, ".") == 1 }
