package oauth_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/zitadel/oidc/v3/pkg/client/rp"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	xoauth "golang.org/x/oauth2"

	"flowbench/models"
	"flowbench/web/webtest"
)

const redirect = "http://127.0.0.1:39999/back"

// client registers a program and returns it as x/oauth2 knows it.
func (s server) client(t testing.TB, confidential bool) *xoauth.Config {
	t.Helper()
	c, secret, err := s.Services.Clients.Create(s.Context(), s.OrgID, "Deployer", []string{"http://127.0.0.1/back", redirect}, confidential)
	if err != nil {
		t.Fatal(err)
	}
	return &xoauth.Config{ClientID: c.ID, ClientSecret: secret, RedirectURL: redirect,
		Endpoint: xoauth.Endpoint{AuthURL: s.URL + "/oauth/v2/authorize", TokenURL: s.URL + "/oauth/v2/token"},
		Scopes:   []string{"openid", "profile", "email", "offline_access", models.APIScope}}
}

// ask begins a request and returns the path of the consent page.
func (s server) ask(t testing.TB, address string) string {
	t.Helper()
	a := s.get(t, strings.TrimPrefix(address, s.URL), "")
	if a.status != http.StatusFound || !strings.HasPrefix(a.header.Get("Location"), "/consent?request=") {
		t.Fatalf("authorize: %d %q %s", a.status, a.header.Get("Location"), a.text)
	}
	return a.header.Get("Location")
}

// allow answers the consent page as the administrator and returns where the
// browser goes at the end.
func (s server) allow(t testing.TB, consent, answer string) *url.URL {
	t.Helper()
	form := url.Values{"request": {strings.TrimPrefix(consent, "/consent?request=")}, "answer": {answer}}
	page := s.Post(t, "/consent", form)
	if page.Status != http.StatusSeeOther {
		t.Fatalf("consent: %d %s", page.Status, page.Body)
	}
	to := page.Location
	if strings.HasPrefix(to, "/oauth/") {
		to = s.get(t, to, "").header.Get("Location")
	}
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// code goes the whole way of the browser.
func (s server) code(t testing.TB, config *xoauth.Config, verifier string) string {
	t.Helper()
	consent := s.ask(t, config.AuthCodeURL("state-1", xoauth.S256ChallengeOption(verifier), xoauth.SetAuthURLParam("nonce", "nonce-1")))
	back := s.allow(t, consent, "allow")
	if !strings.HasPrefix(back.String(), redirect+"?") || back.Query().Get("state") != "state-1" || back.Query().Get("code") == "" {
		t.Fatalf("back at %s", back)
	}
	return back.Query().Get("code")
}

func TestCodeFlow_OpensTheAPIAsThePerson(t *testing.T) {
	t.Parallel()
	for name, confidential := range map[string]bool{"public": false, "confidential": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			config, verifier := s.client(t, confidential), xoauth.GenerateVerifier()
			token, err := config.Exchange(context.Background(), s.code(t, config, verifier), xoauth.VerifierOption(verifier))
			if err != nil {
				t.Fatal(err)
			}
			if !s.opens(t, token.AccessToken) || token.RefreshToken == "" {
				t.Errorf("token %+v", token)
			}
			party, err := rp.NewRelyingPartyOIDC(context.Background(), s.URL, config.ClientID, config.ClientSecret, redirect, config.Scopes,
				rp.WithVerifierOpts(rp.WithNonce(func(context.Context) string { return "nonce-1" })))
			if err != nil {
				t.Fatal(err)
			}
			idToken, _ := token.Extra("id_token").(string)
			claims, err := rp.VerifyTokens[*oidc.IDTokenClaims](context.Background(), token.AccessToken, idToken, party.IDTokenVerifier())
			if err != nil || claims.Subject != s.UserID || claims.AuthTime.AsTime().IsZero() {
				t.Errorf("ID token: %+v, %v", claims, err)
			}
			info := s.get(t, "/oidc/v1/userinfo", token.AccessToken)
			if info.string("sub") != s.UserID || info.string("email") != webtest.Email || info.string("preferred_username") != webtest.Name {
				t.Errorf("userinfo %s", info.text)
			}
			token.Expiry = token.Expiry.AddDate(-1, 0, 0)
			again, err := config.TokenSource(context.Background(), token).Token()
			if err != nil || again.AccessToken == token.AccessToken || again.RefreshToken == token.RefreshToken || !s.opens(t, again.AccessToken) {
				t.Errorf("refreshed %v", err)
			}
		})
	}
}

func TestRefreshTokens_UsedTwiceEndEverything(t *testing.T) {
	t.Parallel()
	s := start(t)
	config, verifier := s.client(t, false), xoauth.GenerateVerifier()
	token, err := config.Exchange(context.Background(), s.code(t, config, verifier), xoauth.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.RefreshToken}, "client_id": {config.ClientID}}
	if other := s.client(t, false); s.post(t, "/oauth/v2/token", url.Values{"grant_type": {"refresh_token"},
		"refresh_token": {token.RefreshToken}, "client_id": {other.ClientID}}).status != http.StatusBadRequest {
		t.Error("another client may use the refresh token")
	}
	first := s.post(t, "/oauth/v2/token", form)
	if first.status != http.StatusOK || !s.opens(t, first.string("access_token")) {
		t.Fatalf("first: %d %s", first.status, first.text)
	}
	if a := s.post(t, "/oauth/v2/token", form); a.status != http.StatusBadRequest || a.string("error") != "invalid_grant" {
		t.Errorf("second: %d %s", a.status, a.text)
	}
	if s.opens(t, first.string("access_token")) || s.opens(t, token.AccessToken) {
		t.Error("a token of the grant still works")
	}
	form.Set("refresh_token", first.string("refresh_token"))
	if a := s.post(t, "/oauth/v2/token", form); a.status != http.StatusBadRequest {
		t.Errorf("the successor: %d %s", a.status, a.text)
	}
}

func TestCodes_WorkOnceForTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	s := start(t)
	config, verifier := s.client(t, false), xoauth.GenerateVerifier()
	code := s.code(t, config, verifier)
	form := func(change map[string]string) url.Values {
		f := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "client_id": {config.ClientID}, "redirect_uri": {redirect}, "code_verifier": {verifier}}
		for name, value := range change {
			f.Set(name, value)
		}
		return f
	}
	for name, change := range map[string]map[string]string{
		"verifier": {"code_verifier": xoauth.GenerateVerifier()}, "no_verifier": {"code_verifier": ""},
		"redirect": {"redirect_uri": "http://127.0.0.1/back"}, "client": {"client_id": s.client(t, false).ClientID}, "code": {"code": "x"},
	} {
		code = s.code(t, config, verifier)
		if a := s.post(t, "/oauth/v2/token", form(change)); a.status != http.StatusBadRequest || a.string("access_token") != "" {
			t.Errorf("wrong %s: %d %s", name, a.status, a.text)
		}
	}
	code = s.code(t, config, verifier)
	first := s.post(t, "/oauth/v2/token", form(nil))
	if first.status != http.StatusOK || !s.opens(t, first.string("access_token")) {
		t.Fatalf("first: %d %s", first.status, first.text)
	}
	if a := s.post(t, "/oauth/v2/token", form(nil)); a.status != http.StatusBadRequest || s.opens(t, first.string("access_token")) {
		t.Errorf("second use: %d %s", a.status, a.text)
	}
}

func TestAuthorize_Refuses(t *testing.T) {
	t.Parallel()
	s := start(t)
	config := s.client(t, false)
	challenge := xoauth.S256ChallengeOption(xoauth.GenerateVerifier())
	at := func(change ...xoauth.AuthCodeOption) answer {
		return s.get(t, strings.TrimPrefix(config.AuthCodeURL("s", append([]xoauth.AuthCodeOption{challenge}, change...)...), s.URL), "")
	}
	for name, a := range map[string]answer{ // shown here: the address cannot be trusted
		"unknown_client":   at(xoauth.SetAuthURLParam("client_id", "7")),
		"machine_user":     at(xoauth.SetAuthURLParam("client_id", "robot")),
		"unknown_redirect": at(xoauth.SetAuthURLParam("redirect_uri", "https://evil.example/")),
		"longer_redirect":  at(xoauth.SetAuthURLParam("redirect_uri", redirect+"/../x")),
		"no_redirect":      at(xoauth.SetAuthURLParam("redirect_uri", "")),
	} {
		if a.status != http.StatusBadRequest || a.header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", name, a.status, a.header.Get("Location"))
		}
	}
	for name, a := range map[string]answer{ // told to the client
		"no_pkce":        s.get(t, strings.TrimPrefix(config.AuthCodeURL("s"), s.URL), ""),
		"plain_pkce":     at(xoauth.SetAuthURLParam("code_challenge_method", "plain")),
		"implicit":       at(xoauth.SetAuthURLParam("response_type", "id_token token")),
		"prompt_none":    at(xoauth.SetAuthURLParam("prompt", "none")),
		"form_post":      at(xoauth.SetAuthURLParam("response_mode", "form_post")),
		"no_scope":       at(xoauth.SetAuthURLParam("scope", "")),
		"request_object": at(xoauth.SetAuthURLParam("request", "e30.e30.")),
	} {
		to := a.header.Get("Location")
		if a.status != http.StatusFound || !strings.HasPrefix(to, redirect) || !strings.Contains(to, "error=") || strings.Contains(to, "code=") {
			t.Errorf("%s: %d to %q", name, a.status, to)
		}
	}
}

func TestConsent(t *testing.T) {
	t.Parallel()
	s := start(t)
	config := s.client(t, false)
	ask := func() string {
		return s.ask(t, config.AuthCodeURL("s", xoauth.S256ChallengeOption(xoauth.GenerateVerifier())))
	}
	consent := ask()
	page := s.Get(t, consent)
	if page.Status != http.StatusOK || page.Text("h1") != "Allow Deployer to manage actions in Acme?" || page.Doc.Find("li").Length() < 6 {
		t.Errorf("page %d %q", page.Status, page.Text("main"))
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' http://127.0.0.1:39999;") {
		t.Errorf("policy %q", policy)
	}
	if nobody := s.Do(t, webtest.Request{Path: consent, Anonymous: true}); nobody.Status != http.StatusSeeOther || !strings.HasPrefix(nobody.Location, "/sign-in?next=") {
		t.Errorf("nobody: %d to %q", nobody.Status, nobody.Location)
	}
	if page := s.Do(t, webtest.Request{Method: http.MethodPost, Path: "/consent", Header: http.Header{"Sec-Fetch-Site": {"cross-site"}},
		Form: url.Values{"request": {strings.TrimPrefix(consent, "/consent?request=")}, "answer": {"allow"}}}); page.Status != http.StatusForbidden {
		t.Errorf("another site answered: %d", page.Status)
	}
	secret := strings.TrimPrefix(consent, "/consent?request=")
	back := s.allow(t, consent, "allow")
	if back.Query().Get("code") == "" {
		t.Errorf("back at %s", back)
	}
	if a := s.get(t, "/oauth/v2/authorize/callback?id="+secret, ""); a.status != http.StatusBadRequest {
		t.Errorf("whoever began the request gets the code: %d %q", a.status, a.header.Get("Location"))
	}
	if page := s.Get(t, consent); page.Status != http.StatusNotFound {
		t.Errorf("the page is shown again: %d", page.Status)
	}
	early := strings.TrimPrefix(ask(), "/consent?request=")
	if a := s.get(t, "/oauth/v2/authorize/callback?id="+early, ""); strings.Contains(a.header.Get("Location"), "code=") {
		t.Errorf("a code without consent: %q", a.header.Get("Location"))
	}
	if back := s.allow(t, ask(), "deny"); back.Query().Get("error") != "access_denied" || back.Query().Get("state") != "s" {
		t.Errorf("refused: %s", back)
	}
	if err := s.Services.Clients.Delete(s.Context(), config.ClientID); err != nil {
		t.Fatal(err)
	}
	if a := s.get(t, strings.TrimPrefix(config.AuthCodeURL("s"), s.URL), ""); a.status != http.StatusBadRequest {
		t.Errorf("a deleted client: %d", a.status)
	}
}
