package text

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed en de
var files embed.FS

// catalogues holds the patterns per language. It is read once at start and
// never changes.
var catalogues = mustLoad(files)

// T is the texts of one language. The zero value is not usable; see In.
type T struct {
	lang     string
	patterns map[string]Pattern
	numbers  *message.Printer
}

// In returns the texts of the language, or the English ones if the language
// has no catalogue.
func In(lang string) T {
	t := T{lang: "en", patterns: catalogues["en"], numbers: message.NewPrinter(language.BritishEnglish)}
	patterns, ok := catalogues[lang]
	if !ok || lang == "en" {
		return t
	}
	t.lang, t.patterns = lang, patterns
	if lang != Pseudo {
		t.numbers = message.NewPrinter(language.Make(lang))
	}
	return t
}

// Lang returns the language as it stands in the lang attribute of a page.
func (t T) Lang() string { return t.lang }

// S returns the text of the key. The arguments alternate the names of
// placeholders and their values.
func (t T) S(key string, args ...any) string {
	p, ok := t.patterns[key]
	if !ok {
		return key
	}
	return p.format(pairs(args), t.number)
}

// Has reports whether the key has a text.
func (t T) Has(key string) bool {
	_, ok := t.patterns[key]
	return ok
}

// Group returns the patterns of all keys that start with one of the prefixes
// followed by a dot, for scripts of the browser. A full key stands for itself.
func (t T) Group(prefixes ...string) map[string]string {
	group := map[string]string{}
	for key, p := range t.patterns {
		for _, prefix := range prefixes {
			if key == prefix || strings.HasPrefix(key, prefix+".") {
				group[key] = p.source
			}
		}
	}
	return group
}

// Keys returns all keys in order.
func (t T) Keys() []string {
	keys := make([]string, 0, len(t.patterns))
	for key := range t.patterns {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Decimal writes a number with one digit after the sign of the language.
func (t T) Decimal(value float64) string {
	return t.numbers.Sprint(number.Decimal(value, number.Scale(1)))
}

func (t T) number(value any) string { return t.numbers.Sprint(value) }

func pairs(args []any) map[string]any {
	values := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = args[i+1]
	}
	return values
}

func mustLoad(files fs.FS) map[string]map[string]Pattern {
	all, err := load(files)
	if err != nil {
		panic("views/text: " + err.Error())
	}
	all[Pseudo] = pseudoCatalogue(all["en"])
	return all
}

// load reads every language folder. Faults of a catalogue are programming
// mistakes, so they are reported with file and key.
func load(files fs.FS) (map[string]map[string]Pattern, error) {
	names, err := fs.Glob(files, "*/*.json")
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]Pattern{}
	for _, name := range names {
		lang := path.Dir(name)
		if all[lang] == nil {
			all[lang] = map[string]Pattern{}
		}
		if err := loadFile(files, name, all[lang]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}

func loadFile(files fs.FS, name string, into map[string]Pattern) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	var texts map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		return err
	}
	area := strings.TrimSuffix(path.Base(name), ".json") + "."
	for key, source := range texts {
		if !strings.HasPrefix(key, area) {
			return fmt.Errorf("key %q does not start with %q", key, area)
		}
		p, err := Parse(source)
		if err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		into[key] = p
	}
	return nil
}
