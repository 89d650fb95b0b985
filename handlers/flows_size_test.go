package handlers_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"flowbench/models"
	"flowbench/views/flows"
	"flowbench/web/webtest"
)

func TestBoardStaysSmallWithManyActions(t *testing.T) {
	t.Parallel()
	app := boardApp{webtest.Start(t), map[string]string{}}
	ids := make([]string, 200)
	for i := range ids {
		ids[i] = app.Action(t, models.ActionInput{Name: fmt.Sprintf("action%03d", i)}).ID
	}
	app.Bind(t, models.PreUserinfo, ids...)
	page := app.Get(t, app.flows())
	if n := page.Doc.Find("[data-palette] [data-action]").Length(); n != flows.PaletteLimit {
		t.Errorf("the palette has %d actions, want %d", n, flows.PaletteLimit)
	}
	if want := "100 more actions. Type a name to find them."; !strings.Contains(page.Text("[data-palette]"), want) {
		t.Errorf("the palette does not say %q", want)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(page.Body))
	_ = w.Close()
	t.Logf("%d bytes, %d compressed", len(page.Body), packed.Len())
	if len(page.Body) > 512<<10 || packed.Len() > 32<<10 {
		t.Errorf("the page has %d bytes, %d compressed", len(page.Body), packed.Len())
	}
	button := page.Doc.Find("#pre-userinfo [data-menu]").Last()
	opened := app.Get(t, app.flows()+"?card="+button.AttrOr("value", ""))
	if n := opened.Doc.Find("#pre-userinfo li form").Length(); n != 1 {
		t.Errorf("%d forms are open, want the one asked for", n)
	}
	found := app.Do(t, webtest.Request{Path: app.flows() + "?q=action199", Fragment: true})
	found.Doc.Find("[data-action]").Each(func(_ int, s *goquery.Selection) {
		if name := s.AttrOr("data-name", ""); name != "action199" {
			t.Errorf("found %q", name)
		}
	})
}
