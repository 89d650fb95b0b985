package help

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"flowbench/docs"
	"flowbench/views/link"
)

// Document is one of our own documents as HTML.
type Document struct {
	Title string
	HTML  string // made from a file of this repository, never from stored data
}

// Topic is a document that can be read.
type Topic struct {
	Slug string // in the address
	File string
	Key  string // of its title
}

// Topics are the documents in the order of the first page of the help.
func Topics() []Topic {
	return []Topic{
		{"scripting", "scripting.md", "help.scripting"},
		{"methods", "api.md", "help.methods"},
		{"glossary", "glossary.md", "help.glossary"},
	}
}

// TopicBySlug finds a document.
func TopicBySlug(slug string) (Topic, bool) {
	for _, t := range Topics() {
		if t.Slug == slug {
			return t, true
		}
	}
	return Topic{}, false
}

// markdown knows tables and gives headings ids; HTML inside documents is left
// out, as none of ours needs it.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

var (
	heading   = regexp.MustCompile(`(?m)^# +(.+)$`)
	align     = regexp.MustCompile(` style="text-align:[a-z]+"`)
	toSibling = regexp.MustCompile(`href="([a-z]+)\.md(#[^"]*)?"`)
	table     = regexp.MustCompile(`(?s)<table>.*?</table>`)
	code      = regexp.MustCompile(`<pre><code`)
)

// Read turns a document into HTML. Its first heading is the page's title and
// is not repeated.
func Read(t Topic) (Document, error) {
	source, err := docs.Files.ReadFile(t.File)
	if err != nil {
		return Document{}, fmt.Errorf("read document: %w", err)
	}
	title := t.Slug
	if m := heading.FindSubmatch(source); m != nil {
		title = string(m[1])
		source = bytes.Replace(source, m[0], nil, 1)
	}
	var out bytes.Buffer
	if err := markdown.Convert(source, &out); err != nil {
		return Document{}, fmt.Errorf("read document %s: %w", t.File, err)
	}
	return Document{Title: title, HTML: tidy(out.String(), title)}, nil
}

// tidy fits the HTML to the console: no inline style, wide parts scroll by
// themselves and can be reached by keyboard, links lead to pages of the help.
func tidy(html, title string) string {
	html = align.ReplaceAllString(html, "")
	html = toSibling.ReplaceAllStringFunc(html, func(href string) string {
		m := toSibling.FindStringSubmatch(href)
		for _, t := range Topics() {
			if t.File == m[1]+".md" {
				return `href="` + link.Help(t.Slug) + m[2] + `"`
			}
		}
		return href
	})
	n := 0
	html = table.ReplaceAllStringFunc(html, func(t string) string {
		n++
		return fmt.Sprintf(`<div class="scroll" role="region" tabindex="0" aria-label="%s, table %d">%s</div>`, title, n, t)
	})
	html = code.ReplaceAllString(html, `<pre tabindex="0" translate="no"><code`)
	return strings.ReplaceAll(html, "<code>", `<code translate="no">`)
}
