package api

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"flowbench/services"
)

// Options are what the API needs. Services is required, the rest may be left
// out.
type Options struct {
	Services    *services.Services
	ExternalURL string                       // its host is the suffix of primary domains
	Log         *slog.Logger                 // nil logs nothing
	Now         func() time.Time             // nil is the real clock
	RequestID   func(context.Context) string // the id of the HTTP request, for log and audit
	Serving     func() bool                  // what grpc.health.v1 answers; nil always serves
}

// Server implements every method of the API once. It is safe for concurrent
// use.
type Server struct {
	services  *services.Services
	host      string
	log       *slog.Logger
	now       func() time.Time
	requestID func(context.Context) string
}

func newServer(o Options) *Server {
	s := &Server{services: o.Services, host: "localhost", log: o.Log, now: o.Now, requestID: o.RequestID}
	if external, err := url.Parse(o.ExternalURL); err == nil && external.Hostname() != "" {
		s.host = external.Hostname()
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s
}
