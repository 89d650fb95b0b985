package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// NewSecret returns a random text of 256 bits, safe in headers, cookies and
// links.
func NewSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: the runtime ends the process instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// HashSecret is the form in which a secret of NewSecret is stored and looked
// up. A fast hash is enough for a text that cannot be guessed.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
