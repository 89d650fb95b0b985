package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/account"
	"flowbench/views/layout"
	"flowbench/views/link"
)

// Login answers the pages before sign-in, and sign-out.
type Login struct{ *Console }

// signInForm is what the sign-in page posts.
type signInForm struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// SignInPage shows the sign-in form; before there is a user it points to the
// set-up link.
func (h Login) SignInPage(c *gin.Context) error {
	if User(c).ID != "" {
		return h.Redirect(c, localAddress(c.Query("next")), "")
	}
	needed, err := h.Services.Sessions.SetupNeeded(c.Request.Context())
	if err != nil {
		return err
	}
	props := account.SignInProps{Next: localAddress(c.Query("next")), SetUpNeeded: needed}
	shell := h.Shell(c, layout.NoPage, h.Text(c).S("account.sign_in"))
	return h.Answer(c, http.StatusOK, account.SignIn(shell, props), nil)
}

// SignIn checks the credentials and starts a session.
func (h Login) SignIn(c *gin.Context) error {
	form, err := Bind[signInForm](c)
	if err != nil {
		return err
	}
	secret, session, err := h.Services.Sessions.SignIn(c.Request.Context(), form.Name, form.Password,
		c.Request.UserAgent(), c.ClientIP())
	if err != nil {
		return h.refuseSignIn(c, form, err)
	}
	h.setCookie(c, sessionCookie, secret, int(session.ExpiresAt.Sub(h.Now()).Seconds()))
	if IsFragment(c) {
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return nil
	}
	return h.Redirect(c, localAddress(form.Next), "")
}

// refuseSignIn shows the form again with one message and without the password.
func (h Login) refuseSignIn(c *gin.Context, form signInForm, err error) error {
	kind := models.KindOf(err)
	if kind != models.KindUnauthenticated && kind != models.KindInvalid && kind != models.KindExhausted {
		return err
	}
	t := h.Text(c)
	status := http.StatusUnprocessableEntity
	if kind == models.KindExhausted {
		status = http.StatusTooManyRequests
	}
	props := account.SignInProps{Name: form.Name, Next: localAddress(form.Next), Message: Sentence(t, err)}
	shell := h.Shell(c, layout.NoPage, t.S("account.sign_in"))
	return h.Answer(c, status, account.SignIn(shell, props), account.SignInAgain(t, props))
}

// SignOut ends the session.
func (h Login) SignOut(c *gin.Context) error {
	if secret := c.GetString(secretKey); secret != "" {
		if err := h.Services.Sessions.SignOut(c.Request.Context(), secret); err != nil {
			return err
		}
	}
	h.setCookie(c, sessionCookie, "", -1)
	return h.Redirect(c, link.SignIn(""), h.Text(c).S("account.signed_out"))
}

// setUpForm is what the page of the first administrator posts.
type setUpForm struct {
	Code     string `form:"code"`
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password"`
	Org      string `form:"org"`
}

// SetUpPage shows the form for the first administrator. Without the code of the
// set-up link, and once there is a user, it does not exist.
func (h Login) SetUpPage(c *gin.Context) error {
	if err := h.Services.Sessions.CheckSetupCode(c.Request.Context(), c.Query("code")); err != nil {
		return err
	}
	return h.setUp(c, http.StatusOK, account.SetUpProps{Code: c.Query("code")})
}

// SetUp creates the first administrator and signs them in.
func (h Login) SetUp(c *gin.Context) error {
	form, err := Bind[setUpForm](c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	_, err = h.Services.Sessions.CreateFirstAdministrator(ctx, services.FirstAdministrator{
		Code: form.Code, Name: form.Name, Email: form.Email, Password: form.Password, OrgName: form.Org,
	})
	if faults, ok := Faults(h.Text(c), err); ok && models.RuleOf(err) != models.RuleSetupDone {
		props := account.SetUpProps{Code: form.Code, Name: form.Name, Email: form.Email, Org: form.Org, Faults: faults}
		return h.setUp(c, http.StatusUnprocessableEntity, props)
	}
	if err != nil {
		return err
	}
	return h.SignIn(c)
}

func (h Login) setUp(c *gin.Context, status int, props account.SetUpProps) error {
	shell := h.Shell(c, layout.NoPage, h.Text(c).S("account.set_up"))
	return h.Answer(c, status, account.SetUp(shell, props), nil)
}

// Home goes on to the organization that was used last.
func (h Login) Home(c *gin.Context) error {
	org, err := h.lastOrg(c)
	if err != nil {
		return err
	}
	return h.Redirect(c, link.Org(org).Overview(), "")
}

// localAddress returns next if it is an address of this server, else the home
// page, so that sign-in cannot send people elsewhere.
func localAddress(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") {
		return link.Home()
	}
	return next
}
