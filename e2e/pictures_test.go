//go:build e2e

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// TestPicturesOfTheREADME shows the demonstration the way the README does. With
// E2E_PICTURES=../docs/img it renews the README's pictures.
func TestPicturesOfTheREADME(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("E2E_PICTURES")
	if dir == "" {
		dir = filepath.Dir(artifact(t, "any"))
	}
	b := open(t, fresh, size(1440, 900))
	demo, err := b.Services.Demo(context.Background())
	must(t, err)
	b.signIn(demo.Name, demo.Password)
	b.visible(b.role("navigation", "Main"))
	for _, theme := range []*playwright.ColorScheme{playwright.ColorSchemeLight, playwright.ColorSchemeDark} {
		must(t, b.Page.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: theme}))
		b.visit("/o/" + demo.OrgID + "/flows")
		b.heading("Flows")
		b.order(userinfo, "flattenRoles", "addDepartment", "legacyNickname")
		_, err = b.Page.Screenshot(playwright.PageScreenshotOptions{Path: playwright.String(filepath.Join(dir, "flows-"+string(*theme)+".png"))})
		must(t, err)
	}
}
