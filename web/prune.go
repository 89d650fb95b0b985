package web

import (
	"context"
	"time"
)

// pruneEvery is how often what need not be kept is removed.
const pruneEvery = time.Hour

// startPruning prunes in the background; the function it returns ends that and
// waits for it.
func (s *Server) startPruning(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.prune(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// prune removes old runs and ended tokens at once and then every hour, until ctx ends.
func (s *Server) prune(ctx context.Context) {
	ticker := time.NewTicker(pruneEvery)
	defer ticker.Stop()
	for {
		_, err := s.services.Runs.Prune(ctx, s.config.RunsKeepFor, s.config.RunsKeepCount)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("old runs not removed", "error", err)
		}
		if err := s.services.OAuth.Prune(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("ended tokens not removed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
