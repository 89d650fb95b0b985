package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"flowbench/views/help"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func TestHelp_every_page_reads(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	pages := []string{link.Help(""), link.HelpAPI()}
	for _, topic := range help.Topics() {
		pages = append(pages, link.Help(topic.Slug))
	}
	for _, page := range pages {
		doc := app.Get(t, page).Doc
		if n := doc.Find("h1").Length(); n != 1 {
			t.Errorf("%s has %d first headings", page, n)
		}
		if doc.Find("main [style]").Length() != 0 {
			t.Errorf("%s has inline styles", page)
		}
	}
	if text := app.Get(t, link.HelpAPI()).Text("main"); !strings.Contains(text, "/management/v1/actions/_search") {
		t.Error("the reference lacks ListActions")
	}
	if got := app.Get(t, link.Help("nothing")).Status; got != http.StatusNotFound {
		t.Errorf("an unknown page answers %d", got)
	}
}
