package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/account"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/text"
	"flowbench/views/ui"
)

var statuses = map[models.Kind]int{
	models.KindNotFound:         http.StatusNotFound,
	models.KindAlreadyExists:    http.StatusConflict,
	models.KindInvalid:          http.StatusUnprocessableEntity,
	models.KindPrecondition:     http.StatusConflict,
	models.KindUnauthenticated:  http.StatusUnauthorized,
	models.KindPermissionDenied: http.StatusForbidden,
	models.KindExhausted:        http.StatusTooManyRequests,
	models.KindUnavailable:      http.StatusServiceUnavailable,
	models.KindInternal:         http.StatusInternalServerError,
}

// Status returns the status of an answer that reports err.
func Status(err error) int { return statuses[models.KindOf(err)] }

// Sentence says in the words of the catalogue what err means. Durations are
// said in minutes. Anything that is not a models.Error is a fault of ours, whose cause is for the log only.
func Sentence(t text.T, err error) string {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind == models.KindInternal {
		return t.S("error.internal")
	}
	key := "error." + string(e.Rule)
	if !t.Has(key) {
		return e.Message
	}
	args := make([]any, 0, 2*len(e.Args))
	for name, value := range e.Args {
		if wait, ok := value.(time.Duration); ok {
			value = int((wait + time.Minute - 1) / time.Minute)
		}
		args = append(args, name, value)
	}
	return t.S(key, args...)
}

// Faults turns an error that a form can show at its fields into messages. The
// second value is false if err needs a fault page instead.
func Faults(t text.T, err error) (ui.Faults, bool) {
	var e *models.Error
	if !errors.As(err, &e) {
		return nil, false
	}
	switch e.Kind {
	case models.KindInvalid, models.KindAlreadyExists, models.KindPrecondition:
		return ui.Faults{{Field: e.Field, Message: Sentence(t, err)}}, true
	default:
		return nil, false
	}
}

// Fail answers with the page, or the part of a page, that reports err. Faults
// of ours are logged with their cause.
func (h *Console) Fail(c *gin.Context, err error) {
	status := Status(err)
	if status >= http.StatusInternalServerError && c.Request.Context().Err() == nil {
		h.Log.ErrorContext(c.Request.Context(), "request failed", "request_id", RequestID(c),
			"path", c.FullPath(), "error", err)
	}
	c.Abort()
	if c.Writer.Written() {
		return
	}
	if status == http.StatusUnauthorized {
		h.askToSignIn(c)
		return
	}
	t := h.Text(c)
	props := layout.FaultProps{
		Title: faultTitle(t, status), Message: Sentence(t, err), RequestID: RequestID(c),
		Home: h.home(c),
	}
	if status >= http.StatusInternalServerError {
		props.Again = c.Request.URL.RequestURI()
	}
	shell := h.Shell(c, layout.NoPage, props.Title)
	if renderErr := h.Answer(c, status, layout.FaultPage(shell, props), layout.Fault(shell, props)); renderErr != nil {
		h.Log.ErrorContext(c.Request.Context(), "fault page failed", "request_id", RequestID(c), "error", renderErr)
	}
}

// askToSignIn redirects a page to sign-in, and gives a script the dialog in
// which one signs in without losing the work behind it.
func (h *Console) askToSignIn(c *gin.Context) {
	if !IsFragment(c) {
		next := c.Request.URL.RequestURI()
		if c.Request.Method != http.MethodGet {
			next = ""
		}
		c.Redirect(http.StatusSeeOther, link.SignIn(next))
		return
	}
	_ = h.render(c, http.StatusUnauthorized, account.SignInAgain(h.Text(c), account.SignInProps{}))
}

func faultTitle(t text.T, status int) string {
	switch status {
	case http.StatusNotFound:
		return t.S("fault.not_found")
	case http.StatusForbidden:
		return t.S("fault.forbidden")
	case http.StatusTooManyRequests:
		return t.S("fault.too_many")
	default:
		if status >= http.StatusInternalServerError {
			return t.S("fault.internal")
		}
		return t.S("fault.refused")
	}
}

func (h *Console) home(c *gin.Context) string {
	if org := Org(c); org.ID != "" {
		return link.Org(org.ID).Overview()
	}
	return link.Home()
}
