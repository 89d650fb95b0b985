package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// The cookies of the console.
const (
	sessionCookie = "flowbench_session"
	flashCookie   = "flowbench_flash"
	orgCookie     = "flowbench_org"

	flashSeconds = 60
	yearSeconds  = 365 * 24 * 60 * 60
)

// cookieName adds the prefix that makes browsers insist on TLS, this host and
// the root path.
func (h *Console) cookieName(name string) string {
	if h.Secure {
		return "__Host-" + name
	}
	return name
}

// setCookie sends a cookie that no script can read and no other site can use.
// A negative age removes it.
func (h *Console) setCookie(c *gin.Context, name, value string, maxAge int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: h.cookieName(name), Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: h.Secure, SameSite: http.SameSiteLaxMode,
	})
}

func (h *Console) cookie(c *gin.Context, name string) string {
	cookie, err := c.Request.Cookie(h.cookieName(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}
