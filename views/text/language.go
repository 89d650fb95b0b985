package text

import (
	"strings"

	"golang.org/x/text/language"
)

// Pseudo is the language of tests; see the package comment.
const Pseudo = "qps"

// Languages returns the languages that have a catalogue, the default first.
func Languages() []string { return append([]string(nil), languages...) }

var languages = []string{"en"}

var matcher = language.NewMatcher([]language.Tag{language.English})

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
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return languages[0]
	}
	_, index, _ := matcher.Match(tags...)
	return languages[index]
}

var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "A", "Á", "E", "É",
	"I", "Í", "O", "Ó", "U", "Ú", "n", "ñ", "c", "ç", "y", "ý")

// pseudo makes a text about a third longer, with accents and brackets.
func pseudo(text string) string {
	return "[" + accents.Replace(text) + strings.Repeat("~", len(text)/3) + "]"
}
