package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/api"
	"flowbench/config"
	"flowbench/handlers"
	"flowbench/script"
	"flowbench/services"
	"flowbench/store"
)

// Server is everything that one process runs.
type Server struct {
	config   config.Config
	log      *slog.Logger
	store    *store.Store
	engine   script.Engine
	services *services.Services
	metrics  *services.Metrics
	console  *handlers.Console
	handler  http.Handler
	stopping atomic.Bool
	closed   atomic.Bool
}

// New opens the database and connects everything. Close releases it again.
func New(cfg config.Config, log *slog.Logger) (*Server, error) {
	st, err := store.Open(context.Background(), cfg.Database)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", cfg.DatabaseName(), err)
	}
	metrics := services.NewMetrics()
	engine, err := newEngine(cfg, log, metrics.Observe)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	metrics.Gauges(engine.Stats)
	s := &Server{config: cfg, log: log, store: st, engine: engine, metrics: metrics}
	s.services = services.New(st, engine, serviceOptions(cfg, log))
	if err := s.services.OAuth.CheckSecretKey(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.handler, err = s.router(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Services returns the use cases, for commands and tests that work on a server
// of their own.
func (s *Server) Services() *services.Services { return s.services }

// Engine returns what runs scripts.
func (s *Server) Engine() script.Engine { return s.engine }

// Handler answers every request of the port.
func (s *Server) Handler() http.Handler { return s.handler }

// Close cancels running scripts and closes the database. It may be called more
// than once.
func (s *Server) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return errors.Join(s.engine.Close(), s.store.Close())
}

func serviceOptions(cfg config.Config, log *slog.Logger) services.Options {
	return services.Options{Now: time.Now, ScriptLimit: cfg.ScriptLimit, Log: log, SecretKey: SecretKey(cfg),
		SessionIdle: cfg.SessionIdle, SessionLifetime: cfg.SessionLifetime}
}

// NewEngine makes the engine that the configuration describes, for commands
// that run scripts without a server.
func NewEngine(cfg config.Config, log *slog.Logger) (script.Engine, error) {
	return newEngine(cfg, log, nil)
}

func newEngine(cfg config.Config, log *slog.Logger, observe func(script.Observation)) (script.Engine, error) {
	transport := script.Transport{
		Allow: cfg.HTTPAllowList, MaxResponse: int64(cfg.HTTPAnswerLimit) << 10,
	}
	if len(cfg.HTTPDenyList) > 0 {
		transport.Deny = append(script.DefaultDeny(), cfg.HTTPDenyList...)
	}
	if cfg.HTTPProxy != "" {
		proxy, err := url.Parse(cfg.HTTPProxy)
		if err != nil {
			return nil, errors.New("the proxy for scripts is not an address")
		}
		transport.Proxy = proxy
	}
	return script.New(script.Options{
		Workers: cfg.Workers, TestWorkers: cfg.TestWorkers, OrgShare: cfg.OrgShare, Queue: cfg.Queue,
		SoftMemory: uint64(cfg.ScriptMemory) << 20, HTTP: transport, Log: log, Observe: observe,
	})
}

// router connects all doors.
func (s *Server) router() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(s.config.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	s.console = handlers.New(handlers.Options{
		Services: s.services, Log: s.log, Now: time.Now, Secure: s.config.Secure(), Sections: pages,
	})
	engine.Use(s.requestID, s.logRequest, s.recoverPanic)
	s.mountHealth(engine)
	s.mountMetrics(engine)
	api.Mount(engine, api.Options{
		Services: s.services, ExternalURL: s.config.BaseURL(s.config.Listen), Log: s.log,
		RequestID: requestIDOf, Serving: func() bool { return !s.stopping.Load() },
	})
	if err := s.mountOAuth(engine); err != nil {
		return nil, err
	}
	s.mountConsole(engine)
	return engine, nil
}
