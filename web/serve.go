package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Serve answers requests on the listener, HTTP/1 and HTTP/2 alike, until ctx
// ends. Then it says that it is not ready, ends event streams, lets requests in
// flight finish, cancels running scripts and closes the store, in this order.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: s.handler, Protocols: protocols, ReadHeaderTimeout: 5 * time.Second}
	server.RegisterOnShutdown(s.console.EndStreams)
	defer s.startPruning(ctx)()
	go s.logLayers() // the first question may start a worker, which no request should wait for
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return errors.Join(err, s.Close())
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	return errors.Join(s.drain(server), s.Close())
}

// drain waits for requests in flight, at most as long as the configuration
// allows; what is left then is cut off.
func (s *Server) drain(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.config.ShutdownTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	s.log.Warn("requests cut off", "after", s.config.ShutdownTimeout)
	return server.Close()
}
