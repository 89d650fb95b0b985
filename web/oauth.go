package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/auth/oauth"
	"flowbench/config"
)

// SecretKey returns where the key of stored secrets comes from: the
// configuration, or for SQLite a file beside the database that is made when it
// is first asked for. PostgreSQL has no such place, and several servers would
// each make another one.
func SecretKey(cfg config.Config) func() (string, error) {
	return func() (string, error) {
		path, file := strings.CutPrefix(cfg.Database, "sqlite:")
		if cfg.SecretKey != "" || !file {
			return cfg.SecretKey, nil
		}
		return auth.SecretFile(path + ".key")
	}
}

// mountOAuth serves the endpoints with which programs sign in.
func (s *Server) mountOAuth(engine *gin.Engine) error {
	provider, err := oauth.New(oauth.Options{Issuer: s.config.BaseURL(s.config.Listen), Backend: s.services.OAuth, Log: s.log})
	if err != nil {
		return err
	}
	for _, path := range oauth.Paths {
		engine.Any(path, gin.WrapH(provider))
	}
	return nil
}
