package auth_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"flowbench/auth"
)

func sealer(t *testing.T, secret string) *auth.Sealer {
	t.Helper()
	s, err := auth.NewSealer(secret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealer_OpensOnlyItsOwn(t *testing.T) {
	t.Parallel()
	s := sealer(t, "one secret")
	sealed := s.Seal([]byte("marker"), "place")
	if strings.Contains(sealed, "marker") || sealed == s.Seal([]byte("marker"), "place") {
		t.Errorf("sealed %q", sealed)
	}
	if plain, err := s.Open(sealed, "place"); err != nil || string(plain) != "marker" {
		t.Errorf("open: %q, %v", plain, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"other_place":  func() ([]byte, error) { return s.Open(sealed, "elsewhere") },
		"other_secret": func() ([]byte, error) { return sealer(t, "two").Open(sealed, "place") },
		"cut":          func() ([]byte, error) { return s.Open(sealed[:8], "place") },
		"changed":      func() ([]byte, error) { return s.Open("A"+sealed[1:len(sealed)-1]+"A", "place") },
		"no_text":      func() ([]byte, error) { return s.Open("%", "place") },
	} {
		if plain, err := open(); err == nil || strings.Contains(err.Error(), "marker") {
			t.Errorf("%s: %q, %v", name, plain, err)
		}
	}
}

func TestSecretFile_IsMadeOnceForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret.key")
	first, err := auth.SecretFile(path)
	if err != nil || len(first) < auth.MinSecretKey {
		t.Fatalf("%q, %v", first, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if again, err := auth.SecretFile(path); err != nil || again != first {
		t.Errorf("second: %q, %v", again, err)
	}
	if err := os.WriteFile(path, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := auth.SecretFile(path); err == nil {
		t.Error("a short secret is accepted")
	}
	if _, err := auth.SecretFile(filepath.Join(path, "below")); err == nil {
		t.Error("a file below a file is accepted")
	}
}

func TestNewKeyPair_HalvesFit(t *testing.T) {
	t.Parallel()
	private, public, err := auth.NewKeyPair("7")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(private))
	if block == nil || block.Type != "RSA PRIVATE KEY" {
		t.Fatalf("private key %q", private)
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil || key.N.BitLen() != auth.KeyBits {
		t.Fatalf("private key: %v", err)
	}
	var jwk jose.JSONWebKey
	if err := json.Unmarshal([]byte(public), &jwk); err != nil {
		t.Fatal(err)
	}
	if half, ok := jwk.Key.(*rsa.PublicKey); !ok || !half.Equal(key.Public()) || jwk.KeyID != "7" || strings.Contains(public, `"d"`) {
		t.Errorf("public key %s", public)
	}
}
