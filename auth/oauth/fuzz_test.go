package oauth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	xoauth "golang.org/x/oauth2"
)

// FuzzAuthorize sends any query to the authorization endpoint: it never fails,
// and nobody gets a code or leaves for an address that is not registered.
func FuzzAuthorize(f *testing.F) {
	s := start(f)
	config := s.client(f, false)
	good, err := url.Parse(config.AuthCodeURL("s", xoauth.S256ChallengeOption(xoauth.GenerateVerifier())))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good.RawQuery)
	for name := range good.Query() {
		q := good.Query()
		q.Set(name, "")
		f.Add(q.Encode())
		q[name] = []string{"a", "b\x00"}
		f.Add(q.Encode())
	}
	f.Add(good.RawQuery + "&max_age=-1&ui_locales=%ff&prompt=none+login&request=e30.e30.&id_token_hint=x")
	f.Add("%zz;&redirect_uri=//evil.example")
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/oauth/v2/authorize", nil)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		s.Server.Handler().ServeHTTP(w, r)
		to := w.Header().Get("Location")
		if w.Code >= 500 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if to != "" && !strings.HasPrefix(to, "/consent?request=") && !strings.HasPrefix(to, "http://127.0.0.1") {
			t.Errorf("leads to %q", to)
		}
		if u, err := url.Parse(to); err == nil && u.Query().Has("code") {
			t.Errorf("a code without consent: %q", to)
		}
	})
}

// FuzzToken sends any form to the token endpoint: it never fails and never
// gives a token to somebody who proves nothing.
func FuzzToken(f *testing.F) {
	s := start(f)
	id, _ := s.clientSecret(f)
	file := s.keyFile(f, s.robot)
	other := s.keyFile(f, robot(f, s.App, "other"))
	f.Add("grant_type=client_credentials&client_id="+id+"&client_secret=x", "")
	f.Add("grant_type=refresh_token&refresh_token=x&client_id="+s.client(f, false).ClientID, "")
	f.Add("grant_type=authorization_code&code=x&redirect_uri=y&code_verifier=z", "Basic "+id)
	f.Add(url.Values{"grant_type": {bearerGrant}, "assertion": {sign(f, other, s.claims(file.UserID))}, "scope": {apiScope}}.Encode(), "")
	f.Add("grant_type="+bearerGrant+"&assertion=eyJhbGciOiJub25lIn0.e30.&scope=%ff", "Bearer x")
	f.Add("grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x", "")
	f.Add("grant_type=urn:ietf:params:oauth:grant-type:token-exchange", "")
	f.Add("%zz=1&grant_type=a&grant_type=b", "Basic ====")
	f.Fuzz(func(t *testing.T, form, authorization string) {
		for _, path := range []string{"/oauth/v2/token", "/oauth/v2/introspect", "/oauth/v2/revoke"} {
			r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, path, strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header["Authorization"] = []string{authorization}
			w := httptest.NewRecorder()
			s.Server.Handler().ServeHTTP(w, r)
			if w.Code >= 500 || strings.Contains(w.Body.String(), "access_token\"") || strings.Contains(w.Body.String(), "\"active\":true") {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}
