package auth

import (
	"fmt"
	"sync"

	"github.com/alexedwards/argon2id"
)

// passwordCost takes about 20 ms and 19 MiB for one check, the second of the
// settings that OWASP recommends for argon2id.
var passwordCost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword returns the PHC form of a password's argon2id hash.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// decoy is compared when there is no user or no password, so that the answer
// takes as long as for a wrong password.
var decoy = sync.OnceValues(func() (string, error) { return HashPassword(NewSecret()) })

// CheckPassword reports whether password is the one that hash was made of. An
// empty hash costs the same work and never matches.
func CheckPassword(password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		var err error
		if hash, err = decoy(); err != nil {
			return false, err
		}
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return match && known, nil
}
