package handlers

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/layout"
)

// Options is what a Console is made of.
type Options struct {
	Services *services.Services
	Log      *slog.Logger
	Now      func() time.Time
	Secure   bool             // browsers use TLS, so cookies must not travel without it
	Sections []layout.Section // pages that exist; others are left out of the navigation
}

// Console is what the handlers of all pages share.
type Console struct {
	Options
	news   *news
	parsed *parsed
}

// New returns a console.
func New(o Options) *Console {
	return &Console{Options: o, news: newNews(o.Services.Events.Last), parsed: newParsed()}
}

// EndStreams ends the streams of live pages, which would otherwise keep a
// server from stopping.
func (h *Console) EndStreams() { h.news.end() }

// Func answers one request; its error becomes a fault page.
type Func func(c *gin.Context) error

// Do makes fn a handler of the router.
func (h *Console) Do(fn Func) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := fn(c); err != nil {
			h.Fail(c, err)
		}
	}
}

// Bind reads the fields of the posted form, or of the query of a GET, into a
// struct with form tags.
func Bind[T any](c *gin.Context) (T, error) {
	var form T
	err := c.ShouldBindWith(&form, binding.Form)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return form, &models.Error{Kind: models.KindInvalid, Rule: ruleTooLarge, Message: "The request is too large.", Cause: err}
	}
	if err != nil {
		return form, &models.Error{Kind: models.KindInvalid, Rule: ruleForm, Message: "The form could not be read.", Cause: err}
	}
	return form, nil
}

// Rules that only forms can break.
const (
	ruleTooLarge models.Rule = "too_large"
	ruleForm     models.Rule = "form"
	rulePage     models.Rule = "page_not_found"
	ruleCross    models.Rule = "cross_site"
)

// NotFound answers addresses without a page.
func (h *Console) NotFound(*gin.Context) error {
	return models.NotFound(rulePage, "This page does not exist.")
}

// CrossSite answers requests that another site made in the user's name.
func (h *Console) CrossSite(*gin.Context) error {
	return &models.Error{Kind: models.KindPermissionDenied, Rule: ruleCross, Message: "The request came from another site and was refused."}
}
