package text

import (
	"strings"

	"golang.org/x/text/language"
)

// Pseudo is the language of tests; see the package comment.
const Pseudo = "qps"

// Languages returns the languages that have a catalogue, the default first.
func Languages() []string { return append([]string(nil), languages...) }

var languages = []string{"en", "de"}

var matcher = language.NewMatcher([]language.Tag{language.English, language.German})

// Choose returns the language of a page: the account's setting if there is
// one, else the best match of the Accept-Language header, else English.
func Choose(setting, accept string) string {
	if setting == Pseudo {
		return Pseudo
	}
	for _, lang := range languages {
		if setting == lang {
			return lang
		}
	}
	if first, _, _ := strings.Cut(accept, ","); strings.TrimSpace(first) == Pseudo {
		return Pseudo
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return languages[0]
	}
	_, index, _ := matcher.Match(tags...)
	return languages[index]
}
