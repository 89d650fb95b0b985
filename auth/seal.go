package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Sealer encrypts what must not be readable in a copy of the database.
type Sealer struct{ aead cipher.AEAD }

// NewSealer makes a sealer of the secret key of the configuration, a text that
// nobody can guess.
func NewSealer(secret string) (*Sealer, error) {
	key := sha256.Sum256([]byte("flowbench sealer\x00" + secret))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("make sealer: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make sealer: %w", err)
	}
	return &Sealer{aead}, nil
}

// Seal encrypts plain. The label binds the result to its place, so that sealed
// values cannot be exchanged for each other in the database.
func (s *Sealer) Seal(plain []byte, label string) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: the runtime ends the process instead
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte(label)))
}

// errSealed says nothing about the value.
var errSealed = errors.New("a stored secret cannot be opened; the secret key is not the one it was sealed with")

// Open decrypts what Seal made with the same secret and label.
func (s *Sealer) Open(sealed, label string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return nil, errSealed
	}
	plain, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], []byte(label))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// SecretFile returns the secret in a file that only its owner can read, and
// makes it with a fresh one when it is not there.
func SecretFile(path string) (string, error) {
	secret := NewSecret()
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return readSecret(path)
	}
	if err != nil {
		return "", fmt.Errorf("make secret key: %w", err)
	}
	_, err = file.WriteString(secret + "\n")
	if err = errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("make secret key: %w", err)
	}
	return secret, nil
}

func readSecret(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read secret key: %w", err)
	}
	secret := strings.TrimSpace(string(data))
	if len(secret) < MinSecretKey {
		return "", fmt.Errorf("read secret key: the file %s holds less than %d characters", path, MinSecretKey)
	}
	return secret, nil
}

// MinSecretKey is the fewest characters of a secret key.
const MinSecretKey = 32
