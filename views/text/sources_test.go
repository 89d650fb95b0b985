package text_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"flowbench/views/text"
)

// The places where keys stand in sources: t.S("key", …) of Go and templates,
// text("key") of scripts.
var (
	goKey     = regexp.MustCompile(`\.S\(\s*"([a-z0-9_.-]+)"`)
	scriptKey = regexp.MustCompile(`\btext\(\s*"([a-z0-9_.-]+)"`)
)

// TestSources reads everything that shows texts and looks their keys up.
func TestSources(t *testing.T) {
	t.Parallel()
	en, found := text.In("en"), 0
	for _, root := range []string{"..", "../../handlers", "../../static/src"} {
		walk(t, root, func(name, source string) {
			pattern := goKey
			if strings.HasSuffix(name, ".js") {
				pattern = scriptKey
			}
			for _, match := range pattern.FindAllStringSubmatch(source, -1) {
				found++
				if key := match[1]; !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "_") && !en.Has(key) {
					t.Errorf("%s: the text %q does not exist", name, key)
				}
			}
		})
	}
	if found < 50 {
		t.Errorf("only %d keys were found; the search is broken", found)
	}
}

func walk(t *testing.T, root string, visit func(name, source string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isSource(name) {
			return err
		}
		source, err := os.ReadFile(name)
		visit(filepath.ToSlash(name), string(source))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isSource(name string) bool {
	if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") || filepath.Base(name) == "doc.go" {
		return false
	}
	switch filepath.Ext(name) {
	case ".templ", ".go", ".js":
		return true
	}
	return false
}

// TestRules finds the rules of package models in its source: every one has a
// sentence, or pages would show the API's English.
func TestRules(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../models/errors.go")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`Rule\w+\s+Rule = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(rules) < 40 {
		t.Fatalf("only %d rules were found; the search is broken", len(rules))
	}
	for _, rule := range rules {
		if !text.In("en").Has("error." + rule[1]) {
			t.Errorf("there is no text error.%s", rule[1])
		}
	}
}
