package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"flowbench/config"
)

// logged returns a server and what it logs.
func logged(t *testing.T) (*Server, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	cfg := config.Default()
	cfg.Database = "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	s, err := New(cfg, slog.New(slog.NewJSONHandler(&out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	out.Reset()
	return s, &out
}

func TestPanicsBecomeFaultPages(t *testing.T) {
	t.Parallel()
	s, out := logged(t)
	s.handler.(*gin.Engine).GET("/panic", func(*gin.Context) { panic("kaboom") })
	r := httptest.NewRequest(http.MethodGet, "/panic", nil)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	id := w.Header().Get("X-Request-Id")
	if w.Code != 500 || !strings.Contains(w.Body.String(), id) || strings.Contains(w.Body.String(), "kaboom") {
		t.Errorf("status %d, id %s, body %s", w.Code, id, w.Body)
	}
	if log := out.String(); !strings.Contains(log, "kaboom") || !strings.Contains(log, id) {
		t.Errorf("the log has no cause: %s", log)
	}
}

func TestLog_OneLinePerRequest(t *testing.T) {
	t.Parallel()
	s, out := logged(t)
	s.answer(http.MethodGet, "/sign-in?next=/secret", nil)
	s.answer(http.MethodGet, "/healthz", nil)
	s.answer(http.MethodGet, "/no/such/page", nil)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 1 {
		t.Fatalf("%d lines:\n%s", len(lines), out)
	}
	var line map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
		t.Fatal(err)
	}
	if line["msg"] != "request" || line["path"] != "/sign-in" || line["status"] != float64(200) || line["request_id"] == "" {
		t.Errorf("line %v", line)
	}
}

func TestForwardedAddressesAreBelievedFromTrustedProxiesOnly(t *testing.T) {
	t.Parallel()
	for trusted, want := range map[string]string{"": "192.0.2.1", "192.0.2.0/24": "203.0.113.9"} {
		s := newServer(t, func(c *config.Config) {
			if trusted != "" {
				c.TrustedProxies = []string{trusted}
			}
		})
		got := ""
		s.handler.(*gin.Engine).GET("/address", func(c *gin.Context) { got = c.ClientIP() })
		s.answer(http.MethodGet, "/address", http.Header{"X-Forwarded-For": {"203.0.113.9"}})
		if got != want {
			t.Errorf("trusted %q: address %s, want %s", trusted, got, want)
		}
	}
}

func TestHTTPS_SendsTransportSecurity(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *config.Config) { c.ExternalURL = "https://flows.example.com" })
	if h := s.answer(http.MethodGet, "/sign-in", nil).Header; h.Get("Strict-Transport-Security") == "" {
		t.Error("there is no Strict-Transport-Security header")
	}
}

func TestBodies_AreLimited(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader("name="+strings.Repeat("a", bodyLimit)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "too large") {
		t.Errorf("status %d", w.Code)
	}
}
