package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"flowbench/config"
	"flowbench/static"
	"flowbench/views/link"
)

func newServer(t *testing.T, change func(*config.Config)) *Server {
	t.Helper()
	cfg := config.Default()
	cfg.Database = "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	if change != nil {
		change(&cfg)
	}
	s, err := New(cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *Server) answer(method, path string, header http.Header) *http.Response {
	r := httptest.NewRequestWithContext(context.Background(), method, path, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Result()
}

// example fills the placeholders of a route.
func example(path string) string {
	return strings.NewReplacer(":org", "311", ":id", "7", ":version", "2").Replace(path)
}

func TestRoutes_EveryOneSaysWhoMayUseIt(t *testing.T) {
	t.Parallel()
	for _, r := range routes(newServer(t, nil).console) {
		if r.access != anyone && r.access != signedIn && r.access != member {
			t.Errorf("%s %s: no rule of access", r.method, r.path)
		}
		if inOrg := strings.HasPrefix(r.path, "/o/:org"); inOrg != (r.access == member) {
			t.Errorf("%s %s: access %d does not fit the address", r.method, r.path, r.access)
		}
	}
}

func TestRoutes_NobodyIsSentToSignIn(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	for _, r := range routes(s.console) {
		if r.access == anyone {
			continue
		}
		res := s.answer(r.method, example(r.path), nil)
		if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), link.SignIn("")) {
			t.Errorf("%s %s: status %d to %q", r.method, r.path, res.StatusCode, res.Header.Get("Location"))
		}
		fragment := s.answer(r.method, example(r.path), http.Header{"X-Fragment": {"1"}})
		if fragment.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s as a fragment: status %d", r.method, r.path, fragment.StatusCode)
		}
	}
}

func TestRoutes_EveryPageCarriesTheSecurityHeaders(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	paths := map[string]string{"/no/such/page": http.MethodGet}
	for _, r := range routes(s.console) {
		paths[example(r.path)] = r.method
	}
	want := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types console"
	for path, method := range paths {
		h := s.answer(method, path, nil).Header
		if got := h.Get("Content-Security-Policy"); got != want {
			t.Errorf("%s: policy %q", path, got)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestRoutes_OtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	for _, r := range routes(s.console) {
		if r.method != http.MethodPost {
			continue
		}
		for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://elsewhere.example"}}} {
			if res := s.answer(r.method, example(r.path), header); res.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: status %d", r.path, header, res.StatusCode)
			}
		}
	}
}

// TestLinks calls every builder of package link and asks the router for it.
func TestLinks(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, r := range routes(newServer(t, nil).console) {
		known[example(r.path)] = true
	}
	for name, address := range links() {
		path, _, _ := strings.Cut(address, "?")
		path, _, _ = strings.Cut(path, "#")
		if !known[path] {
			t.Errorf("link %s leads to %s, which has no route", name, path)
		}
	}
}

// links returns what every builder makes of example values.
func links() map[string]string {
	list := map[string]string{
		"Home": link.Home(), "SignIn": link.SignIn("/x"), "SignOut": link.SignOut(), "SetUp": link.SetUp("code"), "Consent": link.Consent("x"), "Account": link.Account(), "EndSession": link.EndSession(),
	}
	org := reflect.ValueOf(link.Org("311"))
	for i := range org.NumMethod() {
		kind := org.Type().Method(i)
		var args []reflect.Value
		for a := range org.Method(i).Type().NumIn() {
			switch in := org.Method(i).Type().In(a); in.Kind() {
			case reflect.Int:
				args = append(args, reflect.ValueOf(2).Convert(in))
			default:
				args = append(args, reflect.ValueOf("7").Convert(in))
			}
		}
		list[kind.Name] = org.Method(i).Call(args)[0].String()
	}
	return list
}

// staticName finds the names of files that pages ask for.
var staticName = regexp.MustCompile(`(?:static\.URL\(|Script[:=\s]+)"((?:css|js|img)/[^"]+)"`)

func TestStaticNames(t *testing.T) {
	t.Parallel()
	found := 0
	for _, root := range []string{"../views", "../handlers"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".templ") && !strings.HasSuffix(file, ".go") {
				return err
			}
			source, err := os.ReadFile(file)
			for _, match := range staticName.FindAllStringSubmatch(string(source), -1) {
				found++
				if !static.Has(match[1]) {
					t.Errorf("%s: there is no file %s", file, match[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 4 {
		t.Errorf("only %d names were found; the search is broken", found)
	}
}
