package api_test

import (
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"

	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

// TestTokensEnd is about tokens that were good once.
func TestTokensEnd(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		f := start(t, st)
		ctx := operator(f.vars["orgId"])
		past := services.New(st, nil, services.Options{Now: func() time.Time { return time.Now().Add(-time.Hour) }})
		soon := time.Now().Add(-time.Minute)
		_, expired, err := past.Tokens.Create(ctx, f.vars["ownerId"], &soon)
		if err != nil {
			t.Fatal(err)
		}
		token, revoked, err := f.services.Tokens.Create(ctx, f.vars["ownerId"], nil)
		if err != nil {
			t.Fatal(err)
		}
		f.list(t, revoked, 0, "")
		if err := f.services.Tokens.Revoke(ctx, token.ID); err != nil {
			t.Fatal(err)
		}
		f.list(t, revoked, int(connect.CodeUnauthenticated), "Errors.Token.Invalid (AUTH-7fs1e)")
		f.list(t, expired, int(connect.CodeUnauthenticated), "Errors.Token.Invalid (AUTH-7fs1e)")
	})
}

// TestScriptLimitSetting checks that the limit of the server is the one that
// is applied and named.
func TestScriptLimitSetting(t *testing.T) {
	t.Parallel()
	f := startWith(t, storetest.Open(t), services.Options{ScriptLimit: models.MaxScriptLimit})
	for length, message := range map[int]string{
		models.MaxScriptLimit:     "",
		models.MaxScriptLimit + 1: "invalid CreateActionRequest.Script: value length must be at most 40000 runes",
	} {
		body := `{"name":"limit","script":"` + strings.Repeat("x", length) + `"}`
		got, _, err := rest(f, call{method: "POST", path: "/management/v1/actions", body: []byte(body),
			headers: map[string]string{"Authorization": "Bearer " + f.vars["ownerToken"]}})
		if err != nil {
			t.Fatal(err)
		}
		if have, _ := lookup(got.body, "$.message"); (message == "") != (got.status == 200) || message != "" && have != message {
			t.Errorf("%d characters: %d %s", length, got.status, got.text)
		}
	}
}

// list calls ListActions with a token over every transport.
func (f *fixture) list(t *testing.T, token string, code int, message string) {
	t.Helper()
	for name, send := range transports {
		got, _, err := send(f, call{rpc: "ListActions", method: "POST", path: "/management/v1/actions/_search",
			headers: map[string]string{"Authorization": "Bearer " + token}})
		if err != nil {
			t.Fatal(err)
		}
		have, _ := lookup(got.body, "$.message")
		if got.code != code || message != "" && have != message {
			t.Errorf("%s: %s, want code %d %q", name, got.text, code, message)
		}
	}
}
