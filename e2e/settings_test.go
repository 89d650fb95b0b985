//go:build e2e

package e2e

var settingsScreens = []screen{
	{"settings", nil, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/settings")
		b.heading("Settings")
	}},
	{"settings refused", []option{expectNoise("422")}, func(b *bench) {
		b.visit("/o/" + b.OrgID + "/settings")
		b.fill(b.field("Default timeout in seconds"), "soon")
		b.click(b.button("Save Scripts"))
		b.visible(b.Page.GetByText("Write the seconds as a number").First())
	}},
}
