package api

import (
	"context"
	"embed"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

// defaultLanguage is used when a caller asks for none of ours, and for single
// texts that a language lacks.
const defaultLanguage = "en"

//go:embed texts/*.json
var textFiles embed.FS

// texts maps language and key to the texts of names and business errors.
var texts = map[string]map[string]string{"en": load("en"), "de": load("de")}

func load(language string) map[string]string {
	data, err := textFiles.ReadFile("texts/" + language + ".json")
	if err != nil {
		panic(err)
	}
	var catalogue map[string]string
	if err := json.Unmarshal(data, &catalogue); err != nil {
		panic(err)
	}
	return catalogue
}

// translate returns the text of key. A key without any text stands for itself.
func translate(language, key string) string {
	for _, catalogue := range []map[string]string{texts[language], texts[defaultLanguage]} {
		if text, ok := catalogue[key]; ok {
			return text
		}
	}
	return key
}

type languageKey struct{}

func withLanguage(ctx context.Context, acceptLanguage string) context.Context {
	return context.WithValue(ctx, languageKey{}, chooseLanguage(acceptLanguage))
}

func languageOf(ctx context.Context) string {
	language, _ := ctx.Value(languageKey{}).(string)
	return language
}

// chooseLanguage picks the language of the catalogue that an accept-language
// header likes best. Regions and scripts of a tag do not matter.
func chooseLanguage(header string) string {
	type wish struct {
		language string
		quality  float64
	}
	var wishes []wish
	for _, part := range strings.Split(header, ",") {
		tag, parameters, _ := strings.Cut(part, ";")
		language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
		if language == "*" {
			language = defaultLanguage
		}
		if _, ok := texts[language]; ok {
			wishes = append(wishes, wish{language, quality(parameters)})
		}
	}
	sort.SliceStable(wishes, func(i, j int) bool { return wishes[i].quality > wishes[j].quality })
	if len(wishes) == 0 || wishes[0].quality <= 0 {
		return defaultLanguage
	}
	return wishes[0].language
}

func quality(parameters string) float64 {
	for _, parameter := range strings.Split(parameters, ";") {
		name, value, found := strings.Cut(parameter, "=")
		if !found || strings.ToLower(strings.TrimSpace(name)) != "q" {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return 0
		}
		return q
	}
	return 1
}
