package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Keys are the use cases of what machine users sign in with: key files and
// client secrets.
type Keys struct{ *core }

// KeyLifetime is how long a key is good unless somebody says otherwise.
const KeyLifetime = 365 * 24 * time.Hour

// Create makes a key for a machine user and returns its key file, whose
// private half is never shown again. A nil expires means KeyLifetime.
func (k *Keys) Create(ctx context.Context, userID string, expires *time.Time) (models.ServiceKey, auth.KeyFile, error) {
	user, err := k.machine(ctx, userID)
	if err != nil {
		return models.ServiceKey{}, auth.KeyFile{}, err
	}
	now := k.moment()
	ends := store.Moment(now.Add(KeyLifetime))
	if expires != nil {
		ends = store.Moment(*expires)
	}
	if !ends.After(now) {
		return models.ServiceKey{}, auth.KeyFile{}, models.Invalid(models.RuleKeyInvalid, "expires", "The key would have expired already.")
	}
	var key models.ServiceKey
	var private string
	err = k.withNewID(func(id string) error {
		key = models.ServiceKey{ID: id, UserID: user.ID, OrgID: user.OrgID, CreatedAt: now, ExpiresAt: ends}
		if private, key.PublicKey, err = auth.NewKeyPair(id); err != nil {
			return err
		}
		return k.store.Tx(ctx, func(st *store.Store) error {
			if err := st.CreateServiceKey(ctx, key); err != nil {
				return err
			}
			return userEvent(ctx, st, user, models.EventKeyCreated, now, nil, map[string]any{"id": id, "expires": ends})
		})
	})
	if err != nil {
		return models.ServiceKey{}, auth.KeyFile{}, err
	}
	k.changed(ctx, "key created", "key_id", key.ID, "user_id", user.ID)
	return key, auth.KeyFile{Type: "serviceaccount", KeyID: key.ID, Key: private, ExpirationDate: ends, UserID: user.ID}, nil
}

// List returns the keys of a user, revoked and expired ones included.
func (k *Keys) List(ctx context.Context, userID string) ([]models.ServiceKey, error) {
	if _, err := (&Tokens{k.core}).owner(ctx, userID, auth.MemberRead); err != nil {
		return nil, err
	}
	return k.store.ServiceKeys(ctx, userID)
}

// Revoke makes a key useless at once, and with it the tokens that its user got:
// whoever had the key may hold one. Programs with another key get new ones.
// Revoking it again changes nothing.
func (k *Keys) Revoke(ctx context.Context, id string) error {
	key, err := k.store.ServiceKey(ctx, id)
	if err != nil {
		return err
	}
	user, err := (&Tokens{k.core}).owner(ctx, key.UserID, auth.MemberWrite)
	if err != nil {
		return err
	}
	err = k.store.Tx(ctx, func(st *store.Store) error {
		now := k.moment()
		done, err := st.RevokeServiceKey(ctx, id, now)
		if err != nil || !done {
			return err
		}
		if err := st.RevokeOwnTokens(ctx, user.ID, now); err != nil {
			return err
		}
		return userEvent(ctx, st, user, models.EventKeyRevoked, now, map[string]any{"id": id}, nil)
	})
	if err != nil {
		return err
	}
	k.changed(ctx, "key revoked", "key_id", id, "user_id", user.ID)
	return nil
}

// SetSecret gives a machine user a new client secret and returns it, which is
// never shown again. The one before stops working.
func (k *Keys) SetSecret(ctx context.Context, userID string) (clientID, secret string, err error) {
	user, err := k.machine(ctx, userID)
	if err != nil {
		return "", "", err
	}
	now := k.moment()
	secret = auth.NewSecret()
	row := models.ClientSecret{UserID: user.ID, Hash: auth.HashSecret(secret), Last4: secret[len(secret)-4:], CreatedAt: now}
	err = k.store.Tx(ctx, func(st *store.Store) error {
		if err := st.SetClientSecret(ctx, row); err != nil {
			return err
		}
		return userEvent(ctx, st, user, models.EventSecretCreated, now, nil, map[string]any{"last4": row.Last4})
	})
	if err != nil {
		return "", "", err
	}
	k.changed(ctx, "client secret created", "user_id", user.ID)
	return user.Name, secret, nil
}

// RemoveSecret makes a machine user's client secret useless, and with it the
// tokens that the user got. Without one nothing changes.
func (k *Keys) RemoveSecret(ctx context.Context, userID string) error {
	user, err := k.machine(ctx, userID)
	if err != nil {
		return err
	}
	err = k.store.Tx(ctx, func(st *store.Store) error {
		there, err := st.DeleteClientSecret(ctx, user.ID)
		if err != nil || !there {
			return err
		}
		if err := st.RevokeOwnTokens(ctx, user.ID, k.moment()); err != nil {
			return err
		}
		return userEvent(ctx, st, user, models.EventSecretRemoved, k.moment(), nil, nil)
	})
	if err != nil {
		return err
	}
	k.changed(ctx, "client secret removed", "user_id", user.ID)
	return nil
}

// machine returns a machine user for whom the caller may make credentials.
func (k *Keys) machine(ctx context.Context, userID string) (models.User, error) {
	tokens := &Tokens{k.core}
	user, err := tokens.owner(ctx, userID, auth.MemberWrite)
	if err != nil {
		return models.User{}, err
	}
	if user.Type != models.UserMachine {
		return models.User{}, models.Invalid(models.RuleKeyInvalid, "userId", "Only machine users have keys and client secrets.")
	}
	return user, tokens.mayActAs(ctx, user)
}
