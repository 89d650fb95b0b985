package handlers

import (
	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/layout"
	"flowbench/views/text"
)

// RequestIDKey is the key under which the router keeps the id of a request.
const RequestIDKey = "request_id"

const (
	userKey    = "user"
	secretKey  = "session_secret"
	sessionKey = "session_id"
	orgKey     = "org"
	textKey    = "text"
)

// RequestID returns the id that log lines and fault pages carry.
func RequestID(c *gin.Context) string { return c.GetString(RequestIDKey) }

// User returns who is signed in; the zero value is nobody.
func User(c *gin.Context) models.User {
	u, _ := c.Value(userKey).(models.User)
	return u
}

// Org returns the organization of the address; the zero value is none.
func Org(c *gin.Context) models.Org {
	o, _ := c.Value(orgKey).(models.Org)
	return o
}

// Text returns the texts of the page: in the language of the account, else in
// the one the browser asks for.
func (h *Console) Text(c *gin.Context) text.T {
	if t, ok := c.Value(textKey).(text.T); ok {
		return t
	}
	t := text.In(text.Choose(User(c).Language, c.GetHeader("Accept-Language")))
	c.Set(textKey, t)
	return t
}

func displayName(u models.User) string {
	if u.DisplayName != "" {
		return u.DisplayName
	}
	return u.Name
}

func shellOrg(o models.Org, href string) layout.Org {
	return layout.Org{ID: o.ID, Name: o.Name, Label: o.Label, Href: href}
}
