package handlers_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"flowbench/models"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func TestGermanBrowserSeesGerman(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	app.Action(t, models.ActionInput{Name: "setClaims"})
	org := link.Org(app.OrgID)
	german := http.Header{"Accept-Language": {"de-DE,de;q=0.9,en;q=0.5"}}
	for path, want := range map[string][2]string{
		link.SignIn(""): {"h1", "Anmelden"},
		org.Actions():   {"h1", "Aktionen"},
		org.Flows():     {"h1", "Abläufe"},
		org.Runs():      {"h1", "Läufe"},
		link.Account():  {"h1", "Ihr Konto"},
	} {
		page := app.Do(t, webtest.Request{Path: path, Header: german, Anonymous: path == link.SignIn("")})
		if got := page.Text(want[0]); got != want[1] {
			t.Errorf("%s: %s is %q, want %q", path, want[0], got, want[1])
		}
		if page.Doc.Find("html[lang=de]").Length() != 1 {
			t.Errorf("%s does not say that it is German", path)
		}
	}
	flows := app.Do(t, webtest.Request{Path: org.Flows(), Header: german})
	if !strings.Contains(flows.Text("main"), "Token ergänzen") || !strings.Contains(flows.Text("main"), "Vor Userinfo Erstellung") {
		t.Errorf("the board lacks the German names of flow and trigger: %s", flows.Text("main"))
	}
	if !strings.Contains(flows.Text("#texts"), "Gespeichert um {time}") {
		t.Error("scripts of the board do not get German texts")
	}
	options := app.Do(t, webtest.Request{Path: link.Account(), Header: german}).Text("select[name=language]")
	if strings.ReplaceAll(options, " ", "") != "WiederBrowsersiewünschtEnglishDeutsch" {
		t.Errorf("languages offered: %q", options)
	}
	if strings.Contains(options, "qps") || strings.Contains(options, "[") {
		t.Errorf("the pseudo language is offered: %q", options)
	}
}

// proper are texts that are the same in every language: names of data,
// languages under their own names, and what the tools of others are called.
var proper = []string{"setClaims", "Ada Admin", "ada@example.com", "English", "Deutsch", "UTC", "grpcurl", "curl", "Terraform", "Go", "JSON"}

// data selects what is no text of the console: names of samples, reports of
// the sandbox, and markup that only browsers without scripts read.
const data = "noscript, select[name=sample], section[aria-labelledby=containment] tbody"

func TestEveryTextOfTheConsoleIsTranslated(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	action := app.Action(t, models.ActionInput{Name: "setClaims"})
	app.Bind(t, models.PreUserinfo, action.ID)
	org := link.Org(app.OrgID)
	pseudo := http.Header{"Accept-Language": {"qps"}}
	known := append([]string{orgName(t, app)}, proper...)
	for _, path := range []string{
		link.SignIn(""), org.Overview(), org.Actions(), org.NewAction(), org.Action(action.ID), org.Versions(action.ID),
		org.Flows(), org.Runs(), org.Settings(), link.Account(),
	} {
		page := app.Do(t, webtest.Request{Path: path, Header: pseudo, Anonymous: path == link.SignIn("")})
		if page.Status != http.StatusOK || page.Doc.Find("html[lang=qps]").Length() != 1 {
			t.Errorf("%s answers %d, not in the pseudo language", path, page.Status)
			continue
		}
		page.Doc.Find(data).Remove()
		for _, node := range page.Doc.Find("main").Nodes {
			for _, found := range untranslated(node, known) {
				t.Errorf("%s shows the untranslated text %q", path, found)
			}
		}
	}
}

func orgName(t *testing.T, app *webtest.App) string {
	t.Helper()
	org, err := app.Services.Orgs.Get(app.Context(), app.OrgID)
	if err != nil {
		t.Fatal(err)
	}
	return org.Name
}

// untranslated lists the texts and names below a node that have letters
// outside of the brackets of the pseudo language.
func untranslated(node *html.Node, known []string) []string {
	if node.Type == html.TextNode {
		if foreign(node.Data, known) {
			return []string{strings.TrimSpace(node.Data)}
		}
		return nil
	}
	if node.Type == html.ElementNode && slices.Contains([]string{"code", "pre", "script", "style", "textarea", "kbd"}, node.Data) {
		return nil
	}
	var found []string
	for _, a := range node.Attr {
		switch {
		case a.Key == "translate" && a.Val == "no", a.Key == "lang":
			return nil
		case slices.Contains([]string{"aria-label", "placeholder", "title"}, a.Key) && foreign(a.Val, known):
			found = append(found, a.Key+"="+a.Val)
		}
	}
	for child := range node.ChildNodes() {
		found = append(found, untranslated(child, known)...)
	}
	return found
}

func foreign(text string, known []string) bool {
	for _, name := range known {
		text = strings.ReplaceAll(text, name, "")
	}
	depth := 0
	for _, c := range text {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case depth == 0 && unicode.IsLetter(c):
			return true
		}
	}
	return false
}
