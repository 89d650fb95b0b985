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
	return h.show(c, http.StatusOK, User(c))
}

func (h Account) show(c *gin.Context, status int, user models.User) error {
	shell := h.Shell(c, layout.NoPage, h.Text(c).S("account.title"))
	props := account.SettingsProps{Name: displayName(user), Email: user.Email, Theme: user.Theme, Language: user.Language}
	return h.Answer(c, status, account.Settings(shell, props), nil)
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
