package handlers

import (
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
)

// errSignedOut asks a person to sign in.
var errSignedOut = &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleTokenInvalid, Message: "You are not signed in."}

// Session is the middleware that finds out who is signed in. A request without
// a session goes on as nobody.
func (h *Console) Session(c *gin.Context) {
	secret := h.cookie(c, sessionCookie)
	if secret == "" {
		return
	}
	user, session, err := h.Services.Sessions.Session(c.Request.Context(), secret)
	switch models.KindOf(err) {
	case models.KindUnauthenticated, models.KindNotFound:
		h.setCookie(c, sessionCookie, "", -1)
		return
	}
	if err != nil {
		h.Fail(c, err)
		return
	}
	c.Set(userKey, user)
	c.Set(secretKey, secret)
	c.Set(sessionKey, session.ID)
	h.act(c, &auth.Principal{UserID: user.ID, Name: displayName(user)})
}

// SignedIn is the middleware of pages that need a person.
func (h *Console) SignedIn(c *gin.Context) {
	if User(c).ID == "" {
		h.Fail(c, errSignedOut)
	}
}

// InOrg is the middleware of pages below /o/{org}: it resolves what the person
// may do there. Organizations that do not exist and those of others look alike.
func (h *Console) InOrg(c *gin.Context) {
	if h.SignedIn(c); c.IsAborted() {
		return
	}
	if err := h.enter(c, c.Param("org")); err != nil {
		h.Fail(c, err)
	}
}

func (h *Console) enter(c *gin.Context, orgID string) error {
	p, err := h.Services.Principals.In(c.Request.Context(), User(c).ID, orgID, models.SourceConsole)
	if isOrgUnknown(err) {
		return models.NotFound(models.RuleOrgNotFound, "This organization does not exist, or you cannot see it.")
	}
	if err != nil {
		return err
	}
	h.act(c, p)
	org, err := h.Services.Orgs.Get(c.Request.Context(), orgID)
	if err != nil {
		return err
	}
	c.Set(orgKey, org)
	if h.cookie(c, orgCookie) != org.ID {
		h.setCookie(c, orgCookie, org.ID, yearSeconds)
	}
	return nil
}

// LastOrg is the middleware of pages outside of organizations: it keeps the one
// that was used last in the frame. Where that is not possible, none is shown.
func (h *Console) LastOrg(c *gin.Context) {
	if User(c).ID == "" {
		return
	}
	before := c.Request
	org, err := h.lastOrg(c)
	if err == nil {
		err = h.enter(c, org)
	}
	if err != nil {
		c.Request = before
	}
}

// lastOrg returns the organization that the person used last, or the first one
// that they may see.
func (h *Console) lastOrg(c *gin.Context) (string, error) {
	orgs, err := h.Services.Orgs.Mine(c.Request.Context())
	if err != nil {
		return "", err
	}
	if len(orgs) == 0 {
		return "", models.NotFound(models.RuleNoMembership, "You are not a member of any organization.")
	}
	last := h.cookie(c, orgCookie)
	if slices.ContainsFunc(orgs, func(o models.Org) bool { return o.ID == last }) {
		return last, nil
	}
	return orgs[0].ID, nil
}

// act makes p the principal of the request.
func (h *Console) act(c *gin.Context, p *auth.Principal) {
	p.Source, p.RequestID = models.SourceConsole, RequestID(c)
	c.Request = c.Request.WithContext(auth.WithPrincipal(c.Request.Context(), p))
}

func isOrgUnknown(err error) bool {
	var e *models.Error
	return errors.As(err, &e) && (e.Rule == models.RuleOrgNotFound || e.Rule == models.RuleNoMembership)
}
