package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/handlers"
)

// bodyLimit bounds the forms of the console, in bytes. The longest script has
// 40,000 code points, and percent-encoding makes up to twelve bytes of one.
const bodyLimit = 2 << 20

// policy is the content security policy of every page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types console"

// requestID gives every request an id, for log lines, events and fault pages.
func (s *Server) requestID(c *gin.Context) {
	id := rand.Text()
	c.Set(handlers.RequestIDKey, id)
	c.Header("X-Request-Id", id)
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestIDKey{}, id))
	c.Next()
}

type requestIDKey struct{}

// requestIDOf returns the id of the request that the context belongs to.
func requestIDOf(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// logRequest writes one line per request: 5xx as errors, 4xx for debugging.
func (s *Server) logRequest(c *gin.Context) {
	start := time.Now()
	c.Next()
	status := c.Writer.Status()
	level := slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	case status >= http.StatusBadRequest || isQuiet(c.FullPath()):
		level = slog.LevelDebug
	}
	s.log.Log(c.Request.Context(), level, "request", "method", c.Request.Method, "path", c.Request.URL.Path,
		"status", status, "duration", time.Since(start), "bytes", c.Writer.Size(), "address", c.ClientIP(),
		"request_id", handlers.RequestID(c))
}

// isQuiet names the routes that would only fill the log.
func isQuiet(path string) bool {
	return path == "/healthz" || path == "/readyz" || path == "/static/*path"
}

// recoverPanic turns a panic into a fault page and a log line.
func (s *Server) recoverPanic(c *gin.Context) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p) // the way of net/http to end an answer that cannot go on
			}
			s.console.Fail(c, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	c.Next()
}

// secure sets the headers of every page.
func (s *Server) secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	if s.config.Secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

func limitBody(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, bodyLimit)
}

// crossOrigin refuses requests that another site makes in the user's name.
func (s *Server) crossOrigin() gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if protection.Check(c.Request) != nil {
			s.console.Fail(c, s.console.CrossSite(c))
		}
	}
}
