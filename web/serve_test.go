package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/config"
)

// serve starts Serve on a free port; stop ends it and returns its error.
func serve(t *testing.T, s *Server) (url string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	return "http://" + listener.Addr().String(), func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(30 * time.Second):
			t.Fatal("the server does not stop")
			return nil
		}
	}
}

func body(t *testing.T, client *http.Client, url string) (*http.Response, string) {
	t.Helper()
	res, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	return res, string(text)
}

func TestServe_AnswersBothProtocolsOnOnePort(t *testing.T) {
	t.Parallel()
	url, stop := serve(t, newServer(t, nil))
	h2 := new(http.Protocols)
	h2.SetUnencryptedHTTP2(true)
	for version, client := range map[string]*http.Client{
		"HTTP/1.1": {Transport: &http.Transport{}}, "HTTP/2.0": {Transport: &http.Transport{Protocols: h2}},
	} {
		for _, path := range []string{"/healthz", "/readyz"} {
			res, text := body(t, client, url+path)
			if res.StatusCode != 200 || text != "ok" || res.Proto != version {
				t.Errorf("%s: %s %d %q", path, res.Proto, res.StatusCode, text)
			}
		}
		res, _ := body(t, client, url+"/management/v1/healthz")
		if res.StatusCode != 200 || res.Header.Get("Content-Security-Policy") != "" {
			t.Errorf("API: status %d, policy %q", res.StatusCode, res.Header.Get("Content-Security-Policy"))
		}
		client.CloseIdleConnections()
	}
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestServe_FinishesRequestsInFlight(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	entered, release := make(chan struct{}), make(chan struct{})
	s.handler.(*gin.Engine).GET("/slow", func(c *gin.Context) {
		close(entered)
		<-release
		c.String(http.StatusOK, "finished")
	})
	url, stop := serve(t, s)
	answer := make(chan string, 1)
	go func() {
		res, err := http.Get(url + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		answer <- string(text)
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for s.answer(http.MethodGet, "/readyz", nil).StatusCode != http.StatusServiceUnavailable {
		runtime.Gosched() // the stop is on its way in another goroutine
	}
	close(release)
	if text := <-answer; text != "finished" {
		t.Errorf("the request in flight got %q", text)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestServe_CutsOffWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *config.Config) { c.ShutdownTimeout = 20 * time.Millisecond })
	entered := make(chan struct{})
	s.handler.(*gin.Engine).GET("/endless", func(c *gin.Context) {
		close(entered)
		<-c.Request.Context().Done()
	})
	url, stop := serve(t, s)
	go func() {
		if res, err := http.Get(url + "/endless"); err == nil {
			_ = res.Body.Close()
		}
	}()
	<-entered
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestServe_ClosesTheStore(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	_, stop := serve(t, s)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Ping(context.Background()); err == nil {
		t.Error("the database still answers")
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

func TestNew_SaysWhichDatabaseFails(t *testing.T) {
	t.Parallel()
	cfg := config.Default()
	cfg.Database = "sqlite:/no/such/folder/test.db"
	_, err := New(cfg, nil)
	if err == nil || !strings.Contains(err.Error(), "/no/such/folder/test.db") {
		t.Errorf("New: %v", err)
	}
}
