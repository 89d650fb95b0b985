package web

import (
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// mountMetrics serves the counters of the engine to Prometheus. They name
// triggers and endings, never organizations, actions or people.
func (s *Server) mountMetrics(engine *gin.Engine) {
	engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(s.metrics.Gatherer(), promhttp.HandlerOpts{})))
}

// logLayers tells operators which walls around scripts hold on this machine.
func (s *Server) logLayers() {
	for _, l := range s.engine.Layers() {
		if l.On {
			s.log.Debug("containment layer on", "layer", l.Name, "detail", l.Detail)
		} else {
			s.log.Warn("containment layer off", "layer", l.Name, "detail", l.Detail)
		}
	}
}
