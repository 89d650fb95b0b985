package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"time"

	jose "github.com/go-jose/go-jose/v4"
)

// KeyFile is what a machine user signs in with, in the form of ZITADEL's key
// files, so that its SDKs and its Terraform provider read it.
type KeyFile struct {
	Type           string    `json:"type"` // serviceaccount
	KeyID          string    `json:"keyId"`
	Key            string    `json:"key"` // RSA private key, PEM
	ExpirationDate time.Time `json:"expirationDate"`
	UserID         string    `json:"userId"`
}

// KeyBits is the size of every RSA key that is made here.
const KeyBits = 2048

// NewKeyPair makes the key of a key file: the private half as PEM and the
// public half as a JSON Web Key.
func NewKeyPair(keyID string) (private, public string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, KeyBits)
	if err != nil {
		return "", "", fmt.Errorf("make key: %w", err)
	}
	private = string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	jwk, err := json.Marshal(jose.JSONWebKey{Key: key.Public(), KeyID: keyID, Algorithm: string(jose.RS256), Use: "sig"})
	if err != nil {
		return "", "", fmt.Errorf("make key: %w", err)
	}
	return private, string(jwk), nil
}
