package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/auth/oauth"
	"flowbench/models"
	"flowbench/views/account"
	"flowbench/views/layout"
)

// Consent asks people whether a program may act for them.
type Consent struct{ *Console }

type consentForm struct {
	Request string `form:"request"`
	Answer  string `form:"answer"`
}

// Show asks.
func (h Consent) Show(c *gin.Context) error {
	ctx := c.Request.Context()
	r, err := h.Services.OAuth.Request(ctx, c.Query("request"))
	if err != nil {
		return err
	}
	client, err := h.Services.OAuth.Client(ctx, r.ClientID)
	if err != nil {
		return err
	}
	orgs, err := h.Services.Orgs.Mine(ctx)
	if err != nil {
		return err
	}
	props := account.ConsentProps{Request: c.Query("request"), Client: client.Name, User: displayName(User(c)), Host: origin(r.RedirectURI),
		API: slices.Contains(r.Scopes, models.APIScope), Scopes: r.Scopes}
	for _, org := range orgs {
		props.Orgs = append(props.Orgs, org.Name)
	}
	if p := auth.From(ctx); p != nil && props.API {
		for _, permission := range p.Permissions {
			props.Permissions = append(props.Permissions, string(permission))
		}
	}
	allowForm(c, props.Host)
	shell := h.Shell(c, layout.NoPage, h.Text(c).S("account.consent"))
	return h.Answer(c, http.StatusOK, account.Consent(shell, props), nil)
}

// Decide sends the browser back to the program, with a code or with the news
// that the person refused.
func (h Consent) Decide(c *gin.Context) error {
	form, err := Bind[consentForm](c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if form.Answer != "allow" {
		r, err := h.Services.OAuth.Refuse(ctx, form.Request)
		if err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, oauth.DeniedURL(r))
		return nil
	}
	_, session, err := h.Services.Sessions.Session(ctx, c.GetString(secretKey))
	if err != nil {
		return err
	}
	secret, err := h.Services.OAuth.Consent(ctx, form.Request, session.CreatedAt)
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, oauth.CallbackURL(secret))
	return nil
}

// origin is what the policy of a page calls an address: scheme and host, or
// the scheme alone of a program's own.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if u.Scheme == "http" || u.Scheme == "https" {
		return u.Scheme + "://" + u.Host
	}
	return u.Scheme + ":"
}

// allowForm lets the form of this page lead to the program: browsers apply the
// policy to every redirect that follows a form.
func allowForm(c *gin.Context, origin string) {
	if strings.ContainsAny(origin, "; ,'\"\t\r\n") {
		return
	}
	const name = "Content-Security-Policy"
	c.Header(name, strings.Replace(c.Writer.Header().Get(name), "form-action 'self'", "form-action 'self' "+origin, 1))
}
