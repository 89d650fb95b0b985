package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/account"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/text"
)

// Account answers the page of one's own settings.
type Account struct{ *Console }

type accountForm struct {
	Theme    string `form:"theme"`
	Language string `form:"language"`
}

// Show shows the settings.
func (h Account) Show(c *gin.Context) error {
	list, err := h.Services.Sessions.List(c.Request.Context())
	if err != nil {
		return err
	}
	user, current := User(c), c.GetString(sessionKey)
	props := account.SettingsProps{Name: displayName(user), Email: user.Email, Theme: user.Theme, Language: user.Language}
	for _, s := range list {
		props.Sessions = append(props.Sessions, account.Session{
			ID: s.ID, Browser: account.Browser(s.UserAgent), Address: s.Address, SeenAt: s.SeenAt, Current: s.ID == current,
		})
	}
	shell := h.Shell(c, layout.NoPage, h.Text(c).S("account.title"))
	return h.Answer(c, http.StatusOK, account.Settings(shell, props), nil)
}

// EndSession signs another browser of the same person out.
func (h Account) EndSession(c *gin.Context) error {
	if err := h.Services.Sessions.End(c.Request.Context(), c.PostForm("id")); err != nil {
		return err
	}
	return h.Redirect(c, link.Account(), h.Text(c).S("account.ended"))
}

// Save stores theme and language.
func (h Account) Save(c *gin.Context) error {
	form, err := Bind[accountForm](c)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"", "light", "dark"}, form.Theme) || !slices.Contains(append(text.Languages(), "", text.Pseudo), form.Language) {
		return models.Invalid(ruleForm, "", "The form could not be read.")
	}
	user, err := h.Services.Users.SetPreferences(c.Request.Context(), form.Language, form.Theme)
	if err != nil {
		return err
	}
	t := text.In(text.Choose(user.Language, c.GetHeader("Accept-Language")))
	return h.Redirect(c, link.Account(), t.S("common.saved"))
}
