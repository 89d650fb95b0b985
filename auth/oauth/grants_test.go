package oauth_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/zitadel/oidc/v3/pkg/client/profile"
	xoauth "golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	xjwt "golang.org/x/oauth2/jwt"

	"flowbench/auth"
	"flowbench/models"
)

const bearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

var apiScopes = []string{"openid", models.APIScope}

// sign makes an assertion with a key file's key.
func sign(t testing.TB, file auth.KeyFile, claims map[string]any) string {
	t.Helper()
	block, _ := pem.Decode([]byte(file.Key))
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return signWith(t, key, file.KeyID, claims)
}

func signWith(t testing.TB, key *rsa.PrivateKey, keyID string, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", keyID))
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (s server) claims(userID string) map[string]any {
	now := time.Now()
	return map[string]any{"iss": userID, "sub": userID, "aud": []string{s.URL}, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
}

func (s server) profile(t testing.TB, assertion, scope string) answer {
	t.Helper()
	return s.post(t, "/oauth/v2/token", url.Values{"grant_type": {bearerGrant}, "assertion": {assertion}, "scope": {scope}})
}

const apiScope = "openid " + models.APIScope

func TestDiscovery_SaysWhatThereIs(t *testing.T) {
	t.Parallel()
	s := start(t)
	a := s.get(t, "/.well-known/openid-configuration", "")
	if a.status != http.StatusOK || a.string("issuer") != s.URL {
		t.Fatalf("%d %s", a.status, a.text)
	}
	for name, path := range map[string]string{"authorization_endpoint": "/oauth/v2/authorize", "token_endpoint": "/oauth/v2/token",
		"introspection_endpoint": "/oauth/v2/introspect", "revocation_endpoint": "/oauth/v2/revoke",
		"userinfo_endpoint": "/oidc/v1/userinfo", "jwks_uri": "/oauth/v2/keys"} {
		if a.string(name) != s.URL+path {
			t.Errorf("%s is %q", name, a.string(name))
		}
	}
	if a.body["end_session_endpoint"] != nil || a.body["device_authorization_endpoint"] != nil {
		t.Errorf("endpoints that do not exist: %s", a.text)
	}
	keys := s.get(t, "/oauth/v2/keys", "")
	list, _ := keys.body["keys"].([]any)
	if keys.status != http.StatusOK || len(list) != 1 {
		t.Fatalf("keys: %d %s", keys.status, keys.text)
	}
	key, _ := list[0].(map[string]any)
	if key["kty"] != "RSA" || key["use"] != "sig" || key["d"] != nil || key["p"] != nil {
		t.Errorf("key %v", key)
	}
}

func TestKeyFile_OpensTheAPI(t *testing.T) {
	t.Parallel()
	s := start(t)
	file := s.keyFile(t, s.robot)
	config := xjwt.Config{Email: file.UserID, Subject: file.UserID, PrivateKey: []byte(file.Key), PrivateKeyID: file.KeyID,
		Audience: s.URL, TokenURL: s.URL + "/oauth/v2/token", Scopes: apiScopes}
	token, err := config.TokenSource(context.Background()).Token()
	if err != nil || !s.opens(t, token.AccessToken) {
		t.Errorf("with x/oauth2/jwt, which sends its scopes inside the assertion: %v", err)
	}
	a := s.profile(t, sign(t, file, s.claims(file.UserID)), apiScope)
	life, _ := a.body["expires_in"].(float64)
	if a.status != http.StatusOK || a.string("token_type") != "Bearer" || life < 43190 || life > 43200 {
		t.Fatalf("%d %s", a.status, a.text)
	}
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("header %v", a.header)
	}
	if !s.opens(t, a.string("access_token")) {
		t.Error("the API refuses the token")
	}
	keys, err := s.Services.Keys.List(s.Context(), s.robot.ID)
	if err != nil || len(keys) != 1 || keys[0].LastUsedAt == nil {
		t.Errorf("the use of the key is not known: %+v, %v", keys, err)
	}
}

// TestKeyFile_IsReadByZITADELsOwnClient signs in with the code that its SDK
// for Go and its Terraform provider are built on, discovery included.
func TestKeyFile_IsReadByZITADELsOwnClient(t *testing.T) {
	t.Parallel()
	s := start(t)
	data, err := json.Marshal(s.keyFile(t, s.robot))
	if err != nil {
		t.Fatal(err)
	}
	//lint:ignore SA1019 what zitadel-go itself calls in the versions that people run
	source, err := profile.NewJWTProfileTokenSourceFromKeyFileData(context.Background(), s.URL, data, apiScopes)
	if err != nil {
		t.Fatal(err)
	}
	token, err := source.Token()
	if err != nil || !s.opens(t, token.AccessToken) {
		t.Errorf("token %+v, %v", token, err)
	}
}

func TestKeyFile_RevokedEndsItsTokens(t *testing.T) {
	t.Parallel()
	s := start(t)
	file := s.keyFile(t, s.robot)
	token := s.profile(t, sign(t, file, s.claims(file.UserID)), apiScope).string("access_token")
	id, secret := s.clientSecret(t)
	if !s.opens(t, token) {
		t.Fatal("the token does not work")
	}
	if err := s.Services.Keys.Revoke(s.Context(), file.KeyID); err != nil {
		t.Fatal(err)
	}
	if s.opens(t, token) {
		t.Error("a token outlives its key")
	}
	if token = s.token(t, apiScope, id, secret); !s.opens(t, token) {
		t.Error("the client secret does not work any more")
	}
	if err := s.Services.Keys.RemoveSecret(s.Context(), s.robot.ID); err != nil {
		t.Fatal(err)
	}
	if s.opens(t, token) {
		t.Error("a token outlives its secret")
	}
}

func TestAssertions_ThatAreRefused(t *testing.T) {
	t.Parallel()
	s := start(t)
	file, other := s.keyFile(t, s.robot), s.keyFile(t, robot(t, s.App, "other"))
	revoked := s.keyFile(t, s.robot)
	if err := s.Services.Keys.Revoke(s.Context(), revoked.KeyID); err != nil {
		t.Fatal(err)
	}
	foreign, _, err := auth.NewKeyPair("x")
	if err != nil {
		t.Fatal(err)
	}
	with := func(change map[string]any) map[string]any {
		claims := s.claims(file.UserID)
		maps.Copy(claims, change)
		return claims
	}
	stolen := auth.KeyFile{Key: foreign, KeyID: file.KeyID}
	unknown := auth.KeyFile{Key: file.Key, KeyID: "7"}
	for name, assertion := range map[string]string{ // all others are right
		"other_user_by_own_key": sign(t, other, s.claims(file.UserID)),
		"foreign_key":           sign(t, stolen, s.claims(file.UserID)),
		"unknown_key":           sign(t, unknown, s.claims(file.UserID)),
		"revoked_key":           sign(t, revoked, s.claims(file.UserID)),
		"subject_not_issuer":    sign(t, file, with(map[string]any{"sub": other.UserID})),
		"other_audience":        sign(t, file, with(map[string]any{"aud": []string{"https://elsewhere.example"}})),
		"expired":               sign(t, file, with(map[string]any{"exp": time.Now().Add(-time.Minute).Unix()})),
		"issued_long_ago":       sign(t, file, with(map[string]any{"iat": time.Now().Add(-2 * time.Hour).Unix()})),
		"unknown_user":          sign(t, file, with(map[string]any{"iss": "7", "sub": "7"})),
		"no_assertion":          "",
		"no_token":              "a.b.c",
		"unsigned":              "eyJhbGciOiJub25lIn0.e30.",
	} {
		a := s.profile(t, assertion, apiScope)
		if a.status != http.StatusBadRequest || a.string("error") != "invalid_grant" || a.string("access_token") != "" {
			t.Errorf("%s: %d %s", name, a.status, a.text)
		}
	}
}

func TestTokens_WithoutTheAudienceDoNotOpenTheAPI(t *testing.T) {
	t.Parallel()
	s := start(t)
	file := s.keyFile(t, s.robot)
	for _, scope := range []string{"openid", "openid urn:zitadel:iam:org:project:id:other:aud", "zitadel"} {
		a := s.profile(t, sign(t, file, s.claims(file.UserID)), scope)
		if a.status != http.StatusOK || s.opens(t, a.string("access_token")) {
			t.Errorf("%s: %d %s", scope, a.status, a.text)
		}
	}
	for _, token := range []string{"a.b", "123456789012345678.AAAA", ".", "a.b.c.d.e"} {
		if s.opens(t, token) {
			t.Errorf("%q opens the API", token)
		}
	}
}

func (s server) clientSecret(t testing.TB) (id, secret string) {
	t.Helper()
	id, secret, err := s.Services.Keys.SetSecret(s.Context(), s.robot.ID)
	if err != nil {
		t.Fatal(err)
	}
	return id, secret
}

func TestClientCredentials_OpenTheAPI(t *testing.T) {
	t.Parallel()
	s := start(t)
	id, secret := s.clientSecret(t)
	for _, style := range []xoauth.AuthStyle{xoauth.AuthStyleInHeader, xoauth.AuthStyleInParams} {
		config := clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: s.URL + "/oauth/v2/token", Scopes: apiScopes, AuthStyle: style}
		token, err := config.Token(context.Background())
		if err != nil || !s.opens(t, token.AccessToken) {
			t.Errorf("style %v: %v", style, err)
		}
	}
	for name, client := range map[string][2]string{"wrong_secret": {id, "wrong"}, "no_secret": {id, ""}, "unknown": {"nobody", secret},
		"a_person": {"Ada Admin", "correct horse battery"}, "user_id": {s.robot.ID, secret}} {
		a := s.post(t, "/oauth/v2/token", url.Values{"grant_type": {"client_credentials"}, "scope": {apiScope}}, client[0], client[1])
		if a.status != http.StatusUnauthorized || a.string("error") != "invalid_client" {
			t.Errorf("%s: %d %s", name, a.status, a.text)
		}
	}
	if err := s.Services.Keys.RemoveSecret(s.Context(), s.robot.ID); err != nil {
		t.Fatal(err)
	}
	if a := s.post(t, "/oauth/v2/token", url.Values{"grant_type": {"client_credentials"}}, id, secret); a.status != http.StatusUnauthorized {
		t.Errorf("a removed secret: %d %s", a.status, a.text)
	}
}

// token returns an access token of the machine user by client credentials.
func (s server) token(t testing.TB, scope, id, secret string) string {
	t.Helper()
	a := s.post(t, "/oauth/v2/token", url.Values{"grant_type": {"client_credentials"}, "scope": {scope}}, id, secret)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.text)
	}
	return a.string("access_token")
}

func TestIntrospection(t *testing.T) {
	t.Parallel()
	s := start(t)
	id, secret := s.clientSecret(t)
	token := s.token(t, apiScope+" profile", id, secret)
	a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {token}}, id, secret)
	if a.body["active"] != true || a.string("sub") != s.robot.ID || a.string("username") != "robot" || a.string("iss") != s.URL || a.body["exp"] == nil {
		t.Errorf("own token: %d %s", a.status, a.text)
	}
	file := s.keyFile(t, s.robot)
	assertion := url.Values{"token": {token}, "client_assertion": {sign(t, file, s.claims(file.UserID))},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
	if a := s.post(t, "/oauth/v2/introspect", assertion); a.body["active"] != true {
		t.Errorf("by assertion: %d %s", a.status, a.text)
	}
	stranger := robot(t, s.App, "stranger")
	name, other, err := s.Services.Keys.SetSecret(s.Context(), stranger.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {token}}, name, other); a.body["active"] != false || a.body["sub"] != nil {
		t.Errorf("by a stranger: %s", a.text)
	}
	meant := s.token(t, "openid urn:zitadel:iam:org:project:id:"+stranger.ID+":aud", id, secret)
	if a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {meant}}, name, other); a.body["active"] != true {
		t.Errorf("by the audience: %s", a.text)
	}
	for _, text := range []string{"", "nonsense", token + "x"} {
		if a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {text}}, id, secret); a.body["active"] != false {
			t.Errorf("%q: %s", text, a.text)
		}
	}
	if a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {token}}, id, "wrong"); a.status != http.StatusUnauthorized {
		t.Errorf("without a client: %d", a.status)
	}
	if a := s.post(t, "/oauth/v2/introspect", url.Values{"token": {token}}); a.status != http.StatusUnauthorized {
		t.Errorf("without authentication: %d", a.status)
	}
}

func TestRevocation_EndsOwnTokensOnly(t *testing.T) {
	t.Parallel()
	s := start(t)
	id, secret := s.clientSecret(t)
	token := s.token(t, apiScope, id, secret)
	name, other, err := s.Services.Keys.SetSecret(s.Context(), robot(t, s.App, "stranger").ID)
	if err != nil {
		t.Fatal(err)
	}
	if a := s.post(t, "/oauth/v2/revoke", url.Values{"token": {token}}, name, other); a.status != http.StatusOK || !s.opens(t, token) {
		t.Errorf("a stranger ended the token: %d %s", a.status, a.text)
	}
	if a := s.post(t, "/oauth/v2/revoke", url.Values{"token": {token}}, id, "wrong"); a.status != http.StatusUnauthorized || !s.opens(t, token) {
		t.Errorf("wrong secret: %d %s", a.status, a.text)
	}
	for range 2 {
		if a := s.post(t, "/oauth/v2/revoke", url.Values{"token": {token}}, id, secret); a.status != http.StatusOK || s.opens(t, token) {
			t.Errorf("own token: %d %s", a.status, a.text)
		}
	}
}

func TestUserinfo(t *testing.T) {
	t.Parallel()
	s := start(t)
	id, secret := s.clientSecret(t)
	a := s.get(t, "/oidc/v1/userinfo", s.token(t, "openid profile", id, secret))
	if a.status != http.StatusOK || a.string("sub") != s.robot.ID || a.string("preferred_username") != "robot" {
		t.Errorf("%d %s", a.status, a.text)
	}
	if a := s.get(t, "/oidc/v1/userinfo", s.token(t, models.APIScope, id, secret)); a.status != http.StatusForbidden {
		t.Errorf("without openid: %d %s", a.status, a.text)
	}
	if a := s.get(t, "/oidc/v1/userinfo", "nonsense"); a.status != http.StatusUnauthorized {
		t.Errorf("nonsense: %d %s", a.status, a.text)
	}
}
