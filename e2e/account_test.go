//go:build e2e

package e2e

import (
	"github.com/playwright-community/playwright-go"

	"flowbench/web/webtest"
)

var accountScreens = []screen{
	{"sign in", []option{anonymous}, func(b *bench) {
		b.visit("/sign-in")
		b.heading("Sign in")
	}},
	{"sign in refused", []option{anonymous, expectNoise("401", "422", "403")}, func(b *bench) {
		b.signIn(webtest.Name, "not the password")
		b.visible(b.Page.GetByText("Email or password is not right."))
	}},
	{"first administrator", []option{fresh}, func(b *bench) {
		b.visit("/setup?code=" + b.SetupCode)
		b.heading("Create the first administrator")
	}},
	{"first administrator refused", []option{fresh, expectNoise("422")}, func(b *bench) {
		b.visit("/setup?code=" + b.SetupCode)
		b.fill(b.field("Name"), "Ada")
		b.fill(b.field("Email"), "ada@example.com")
		b.fill(b.field("Password"), "short")
		b.click(b.button("Create administrator"))
		b.visible(b.Page.GetByText("at least 8 characters").First())
	}},
	{"set-up link used up", []option{fresh, expectNoise("403")}, func(b *bench) {
		b.visit("/setup?code=guessed")
	}},
	{"account", nil, func(b *bench) {
		b.visit("/account")
		b.heading("Your account")
	}},
	{"page not found", []option{expectNoise("404")}, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/nowhere")
	}},
}

// signIn signs in on the form.
func (b *bench) signIn(name, password string) {
	b.t.Helper()
	b.visit("/sign-in")
	b.fill(b.field("Email or user name"), name)
	b.fill(b.Page.GetByLabel("Password", playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)}), password)
	b.click(b.button("Sign in"))
}
