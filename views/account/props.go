package account

import (
	"strings"
	"time"

	"flowbench/views/text"
	"flowbench/views/ui"
)

// SignInProps is what the sign-in form shows.
type SignInProps struct {
	Name        string
	Next        string // where the browser goes afterwards
	Message     string // why the last try failed
	SetUpNeeded bool   // there is no user yet
}

// SetUpProps is what the form of the first administrator shows.
type SetUpProps struct {
	Code, Name, Email, Org string
	Faults                 ui.Faults
}

// SettingsProps is what the page of one's own settings shows.
type SettingsProps struct {
	Name, Email     string
	Theme, Language string
	Sessions        []Session
}

// Session is one browser in which the person is signed in.
type Session struct {
	ID, Browser, Address string
	SeenAt               time.Time
	Current              bool
}

// Browser names a browser by its user agent, as exactly as people do.
func Browser(userAgent string) string {
	for _, known := range []struct{ part, name string }{
		{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	} {
		if strings.Contains(userAgent, known.part) {
			return known.name + system(userAgent)
		}
	}
	return ""
}

func system(userAgent string) string {
	for _, known := range []struct{ part, name string }{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(userAgent, known.part) {
			return ", " + known.name
		}
	}
	return ""
}

func themes(t text.T) []ui.Option {
	return []ui.Option{
		{Value: "", Label: t.S("account.theme_system")},
		{Value: "light", Label: t.S("account.theme_light")},
		{Value: "dark", Label: t.S("account.theme_dark")},
	}
}

// languages lists the languages under their own names.
func languages(t text.T) []ui.Option {
	options := []ui.Option{{Value: "", Label: t.S("account.language_browser")}}
	for _, lang := range text.Languages() {
		options = append(options, ui.Option{Value: lang, Label: text.In(lang).S("account.language_name")})
	}
	return options
}
