package web

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

const readyTimeout = 2 * time.Second

// mountHealth answers whether the process runs and whether it can work.
func (s *Server) mountHealth(engine *gin.Engine) {
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok") })
	engine.GET("/readyz", func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
		defer cancel()
		switch {
		case s.stopping.Load():
			c.String(http.StatusServiceUnavailable, "stopping")
		case s.store.Ping(ctx) != nil:
			c.String(http.StatusServiceUnavailable, "the database does not answer")
		default:
			c.String(http.StatusOK, "ok")
		}
	})
}
