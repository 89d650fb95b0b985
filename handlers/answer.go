package handlers

import (
	"encoding/base64"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"
)

// IsFragment reports whether a script asks for a part of the page only.
func IsFragment(c *gin.Context) bool { return c.GetHeader("X-Fragment") != "" }

// Answer sends the page, or the fragment alone if the request asks for that. A
// page that has no parts passes nil.
func (h *Console) Answer(c *gin.Context, status int, page, fragment templ.Component) error {
	c.Header("Vary", "X-Fragment")
	if fragment != nil && IsFragment(c) {
		return h.render(c, status, fragment)
	}
	return h.render(c, status, page)
}

func (h *Console) render(c *gin.Context, status int, component templ.Component) error {
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Status(status)
	return component.Render(c.Request.Context(), c.Writer)
}

// Announce adds a text that scripts put into the status region of the page.
func Announce(c *gin.Context, message string) {
	c.Header("X-Announce", url.PathEscape(message))
}

// Redirect ends a request that went well: the browser goes on to the address
// and shows flash there. A script is told the address instead.
func (h *Console) Redirect(c *gin.Context, address, flash string) error {
	if flash != "" {
		h.setCookie(c, flashCookie, base64.RawURLEncoding.EncodeToString([]byte(flash)), flashSeconds)
	}
	if IsFragment(c) {
		c.Header("X-Location", address)
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return nil
	}
	c.Redirect(http.StatusSeeOther, address)
	return nil
}

// takeFlash returns what the last request did and forgets it.
func (h *Console) takeFlash(c *gin.Context) string {
	value := h.cookie(c, flashCookie)
	if value == "" || IsFragment(c) {
		return ""
	}
	h.setCookie(c, flashCookie, "", -1)
	words, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return ""
	}
	return string(words)
}
