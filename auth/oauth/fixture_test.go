package oauth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script/worker"
	"flowbench/web/webtest"
)

func TestMain(m *testing.M) {
	worker.Enter()
	os.Exit(m.Run())
}

// server is a running server with a machine user who may do everything in its
// organization.
type server struct {
	*webtest.App
	robot models.User
}

func start(t testing.TB) server {
	t.Helper()
	app := webtest.Start(t)
	return server{app, robot(t, app, "robot")}
}

func robot(t testing.TB, app *webtest.App, name string) models.User {
	t.Helper()
	user, err := app.Services.Users.Create(app.Context(), models.User{Name: name, Type: models.UserMachine}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.Services.Members.Set(app.Context(), user.ID, app.OrgID, []string{string(auth.RoleOrgOwner)}); err != nil {
		t.Fatal(err)
	}
	return user
}

func (s server) keyFile(t testing.TB, user models.User) auth.KeyFile {
	t.Helper()
	_, file, err := s.Services.Keys.Create(s.Context(), user.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// answer is what an endpoint said, in any of its forms.
type answer struct {
	status int
	header http.Header
	body   map[string]any
	text   string
}

func (a answer) string(name string) string {
	text, _ := a.body[name].(string)
	return text
}

// post sends a form; a client id and its secret go as basic authentication.
func (s server) post(t testing.TB, path string, form url.Values, client ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if len(client) == 2 {
		r.SetBasicAuth(url.QueryEscape(client[0]), url.QueryEscape(client[1]))
	}
	return send(t, r)
}

func (s server) get(t testing.TB, path, bearer string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	return send(t, r)
}

var browser = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func send(t testing.TB, r *http.Request) answer {
	t.Helper()
	res, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: res.StatusCode, header: res.Header, text: string(data)}
	if bytes.HasPrefix(data, []byte("{")) {
		if err := json.Unmarshal(data, &a.body); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
	}
	return a
}

// opens reports whether the API takes a bearer token.
func (s server) opens(t testing.TB, token string) bool {
	t.Helper()
	a := s.get(t, "/management/v1/orgs/me", token)
	if a.status != http.StatusOK && !strings.Contains(a.text, "AUTH-7fs1e") {
		t.Errorf("the API answers %d %s", a.status, a.text)
	}
	return a.status == http.StatusOK
}
