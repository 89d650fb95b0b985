package api

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"flowbench/api/rest"
)

// row is a line of the error table of docs/api.md.
func row(p problem) string {
	id, text := p.ID, translate("en", p.Text)
	if id == "" {
		id = "–"
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %s | `%s` |", p.Method, p.Rule, rest.HTTPStatus(p.Code), int(p.Code), id, text)
}

func TestErrorTableOfTheDocument(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	document := string(data)
	var want []string
	for _, p := range problems {
		want = append(want, row(p))
	}
	_, after, _ := strings.Cut(document, "| method | rule |")
	table, _, _ := strings.Cut(after, "\n\n")
	got := strings.Split(table, "\n")[2:]
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the table of docs/api.md is not the one of the code, which is:\n%s", strings.Join(want, "\n"))
	}
}

func TestEveryMethodIsInTheDocument(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	for procedure, m := range methods {
		if m.name != "ListOrganizations" && !strings.Contains(string(data), "\n### "+m.name+"\n") {
			t.Errorf("%s has no section", procedure)
		}
		if m.permission != "" && !strings.Contains(string(data), "Permission: "+string(m.permission)+".") && m.name != "ListOrganizations" {
			t.Errorf("%s: its permission %s is not named", m.name, m.permission)
		}
	}
}
