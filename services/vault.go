package services

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"sync"
	"time"

	"flowbench/auth"
	"flowbench/auth/oauth"
	"flowbench/models"
	"flowbench/store"
)

// vault holds the keys of the server: those that seal tokens and those that
// sign. They are made when they are first needed, stored sealed with the
// secret key, and replaced by command, from this process or another.
type vault struct {
	*core
	secret func() (string, error)

	mu      sync.Mutex
	master  *auth.Sealer
	sealers map[string]*auth.Sealer
	signers map[string]*rsa.PrivateKey
}

// tokenLabel is what texts for clients are sealed with.
const tokenLabel = "client"

var errNoSecretKey = models.Precondition(models.RuleSecretKey,
	"The server has no secret key; set FLOWBENCH_SECRET_KEY to let programs sign in.")

func newVault(c *core, secret func() (string, error)) *vault {
	return &vault{core: c, secret: secret, sealers: map[string]*auth.Sealer{}, signers: map[string]*rsa.PrivateKey{}}
}

// masterKey returns the sealer of the secret key.
func (v *vault) masterKey() (*auth.Sealer, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.master != nil {
		return v.master, nil
	}
	if v.secret == nil {
		return nil, errNoSecretKey
	}
	secret, err := v.secret()
	if err != nil {
		return nil, err
	}
	if secret == "" {
		return nil, errNoSecretKey
	}
	v.master, err = auth.NewSealer(secret)
	return v.master, err
}

// rows returns the keys for a purpose, the one in use first, and makes that
// one when there is none.
func (v *vault) rows(ctx context.Context, purpose models.KeyPurpose) ([]models.CryptoKey, error) {
	list, err := v.store.CryptoKeys(ctx, purpose, v.moment())
	if err != nil || len(list) > 0 && list[0].EndsAt == nil {
		return list, err
	}
	row, err := v.make(purpose)
	if err != nil {
		return nil, err
	}
	err = v.store.Tx(ctx, func(st *store.Store) error {
		if err := st.LockInstance(ctx); err != nil {
			return err
		}
		if list, err = st.CryptoKeys(ctx, purpose, v.moment()); err != nil || len(list) > 0 && list[0].EndsAt == nil {
			return err // another process was faster
		}
		list = append([]models.CryptoKey{row}, list...)
		return st.CreateCryptoKey(ctx, row)
	})
	return list, err
}

// make makes a key, sealed for the database.
func (v *vault) make(purpose models.KeyPurpose) (models.CryptoKey, error) {
	master, err := v.masterKey()
	if err != nil {
		return models.CryptoKey{}, err
	}
	id, err := v.newID()
	if err != nil {
		return models.CryptoKey{}, err
	}
	material := []byte(auth.NewSecret())
	if purpose == models.KeyForSignatures {
		key, err := rsa.GenerateKey(rand.Reader, auth.KeyBits)
		if err != nil {
			return models.CryptoKey{}, fmt.Errorf("make signing key: %w", err)
		}
		material = x509.MarshalPKCS1PrivateKey(key)
	}
	return models.CryptoKey{ID: id, Purpose: purpose, Sealed: master.Seal(material, keyLabel(purpose, id)), CreatedAt: v.moment()}, nil
}

func keyLabel(purpose models.KeyPurpose, id string) string { return string(purpose) + "/" + id }

// material opens a key of the database.
func (v *vault) material(row models.CryptoKey) ([]byte, error) {
	master, err := v.masterKey()
	if err != nil {
		return nil, err
	}
	return master.Open(row.Sealed, keyLabel(row.Purpose, row.ID))
}

// seal makes a text that only the server reads again: the id of the key, a
// dot, and the sealed text.
func (v *vault) seal(ctx context.Context, plain string) (string, error) {
	rows, err := v.rows(ctx, models.KeyForTokens)
	if err != nil {
		return "", err
	}
	sealer, err := v.sealer(rows[0])
	if err != nil {
		return "", err
	}
	return rows[0].ID + "." + sealer.Seal([]byte(plain), tokenLabel), nil
}

// open reads what seal made, with a key that was replaced as well.
func (v *vault) open(ctx context.Context, keyID, sealed string) (string, error) {
	v.mu.Lock()
	sealer := v.sealers[keyID]
	v.mu.Unlock()
	if sealer == nil {
		var err error
		if sealer, err = v.stored(ctx, keyID); err != nil {
			return "", err
		}
	}
	plain, err := sealer.Open(sealed, tokenLabel)
	if err != nil {
		return "", errTokenInvalid
	}
	return string(plain), nil
}

func (v *vault) stored(ctx context.Context, keyID string) (*auth.Sealer, error) {
	rows, err := v.store.CryptoKeys(ctx, models.KeyForTokens, v.moment())
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.ID == keyID {
			return v.sealer(row)
		}
	}
	return nil, errTokenInvalid
}

func (v *vault) sealer(row models.CryptoKey) (*auth.Sealer, error) {
	v.mu.Lock()
	sealer := v.sealers[row.ID]
	v.mu.Unlock()
	if sealer != nil {
		return sealer, nil
	}
	material, err := v.material(row)
	if err != nil {
		return nil, err
	}
	if sealer, err = auth.NewSealer(string(material)); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sealers[row.ID] = sealer
	return sealer, nil
}

// signingKeys returns the keys for signatures, the one in use first.
func (v *vault) signingKeys(ctx context.Context) ([]oauth.SigningKey, error) {
	rows, err := v.rows(ctx, models.KeyForSignatures)
	if err != nil {
		return nil, err
	}
	list := make([]oauth.SigningKey, len(rows))
	for i, row := range rows {
		key, err := v.signer(row)
		if err != nil {
			return nil, err
		}
		list[i] = oauth.SigningKey{KeyID: row.ID, Private: key}
	}
	return list, nil
}

func (v *vault) signer(row models.CryptoKey) (*rsa.PrivateKey, error) {
	v.mu.Lock()
	key := v.signers[row.ID]
	v.mu.Unlock()
	if key != nil {
		return key, nil
	}
	material, err := v.material(row)
	if err != nil {
		return nil, err
	}
	if key, err = x509.ParsePKCS1PrivateKey(material); err != nil {
		return nil, fmt.Errorf("read signing key %s: %w", row.ID, err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.signers[row.ID] = key
	return key, nil
}

// check opens the keys that exist, so that a wrong secret key is noticed at
// the start and not by the first client.
func (v *vault) check(ctx context.Context) error {
	for _, purpose := range []models.KeyPurpose{models.KeyForTokens, models.KeyForSignatures} {
		rows, err := v.store.CryptoKeys(ctx, purpose, v.moment())
		if err != nil {
			return err
		}
		for _, row := range rows {
			if _, err := v.material(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// rotate replaces every key. The ones before stay good until the last token
// that was made with them has ended.
func (v *vault) rotate(ctx context.Context) (endsAt time.Time, err error) {
	now := v.moment()
	endsAt = now.Add(models.AccessTokenLifetime)
	var fresh []models.CryptoKey
	for _, purpose := range []models.KeyPurpose{models.KeyForTokens, models.KeyForSignatures} {
		row, err := v.make(purpose)
		if err != nil {
			return endsAt, err
		}
		fresh = append(fresh, row)
	}
	return endsAt, v.store.Tx(ctx, func(st *store.Store) error {
		if err := st.LockInstance(ctx); err != nil {
			return err
		}
		for _, row := range fresh {
			if err := st.EndCryptoKeys(ctx, row.Purpose, endsAt); err != nil {
				return err
			}
			if err := st.CreateCryptoKey(ctx, row); err != nil {
				return err
			}
		}
		return instanceEvent(ctx, st, models.EventKeysRotated, now, map[string]any{"token": fresh[0].ID, "signature": fresh[1].ID})
	})
}
