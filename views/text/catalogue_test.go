package text

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// same lists the texts that are right to be the same in German: names, units,
// signs, and words that both languages share.
var same = map[string]bool{}

func init() {
	for _, key := range strings.Fields(`
		account.browser account.name actions.compare_a actions.compare_b actions.name actions.size
		actions.source.api actions.version actions.version_n board.about.login board.timeout common.id
		layout.product layout.title layout.title_plain overview.actions_value runs.id runs.log
		runs.source.RUN_SOURCE_API runs.source.RUN_SOURCE_TEST runs.status runs.trigger settings.name
		time.month.11 time.month.4 time.month.8 time.month.9 time.ms time.s trigger.full
	`) {
		same[key] = true
	}
}

// TestGermanIsComplete compares the two catalogues key by key.
func TestGermanIsComplete(t *testing.T) {
	t.Parallel()
	en, de := catalogues["en"], catalogues["de"]
	for key, p := range en {
		german, ok := de[key]
		if !ok {
			t.Errorf("%s has no German text", key)
			continue
		}
		if !maps.Equal(p.Placeholders(), german.Placeholders()) {
			t.Errorf("%s: %q and %q have different placeholders", key, p.source, german.source)
		}
		if (p.source == german.source) != same[key] {
			t.Errorf("%s: the same text in both languages: %t, listed as such: %t", key, p.source == german.source, same[key])
		}
		if strings.Contains(german.source, "!") {
			t.Errorf("%s: exclamation mark in %q", key, german.source)
		}
	}
	for key := range de {
		if _, ok := en[key]; !ok {
			t.Errorf("%s exists in German only", key)
		}
	}
	for key := range same {
		if _, ok := en[key]; !ok {
			t.Errorf("%s is listed as the same but does not exist", key)
		}
	}
}

// TestPluralForms: languages with the forms one and other know no further
// ones, and a translation tells apart what its source tells apart.
func TestPluralForms(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"de", Pseudo} {
		for key, p := range catalogues[lang] {
			if got, want := selectors(p), selectors(catalogues["en"][key]); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the plural forms %v, English %v", key, lang, got, want)
			}
		}
	}
	for key, p := range catalogues["en"] {
		for _, selector := range selectors(p) {
			if name, form, _ := strings.Cut(selector, " "); form != "one" && form != "other" && !strings.HasPrefix(form, "=") {
				t.Errorf("%s: %s has the plural form %q", key, name, form)
			}
		}
	}
}

// selectors lists the plural forms of a pattern with their arguments.
func selectors(p Pattern) []string {
	var all []string
	for _, part := range p.parts {
		for selector, form := range part.forms {
			all = append(append(all, part.name+" "+selector), selectors(form)...)
		}
	}
	slices.Sort(all)
	return all
}

// TestPseudoPatternsParse: what travels to scripts is read there again.
func TestPseudoPatternsParse(t *testing.T) {
	t.Parallel()
	for key, p := range catalogues[Pseudo] {
		again, err := Parse(p.source)
		if err != nil || !maps.Equal(again.Placeholders(), catalogues["en"][key].Placeholders()) {
			t.Errorf("%s: %q: %v", key, p.source, err)
		}
		if !strings.HasPrefix(p.source, "[") || !strings.HasSuffix(p.source, "]") {
			t.Errorf("%s: %q has no brackets", key, p.source)
		}
	}
}
