package text

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "A", "Á", "E", "É",
	"I", "Í", "O", "Ó", "U", "Ú", "n", "ñ", "c", "ç", "y", "ý")

// pseudoCatalogue makes the pseudo language from English, once at start.
func pseudoCatalogue(english map[string]Pattern) map[string]Pattern {
	all := make(map[string]Pattern, len(english))
	for key, p := range english {
		all[key] = p.pseudo()
	}
	return all
}

// pseudo puts accents on the literal texts, makes the whole about a third
// longer and puts it in brackets. Placeholders and plural syntax stay.
func (p Pattern) pseudo() Pattern {
	inner, length := p.accented()
	tail := strings.Repeat("~", length*35/100) + "]"
	parts := append([]part{{literal: "["}}, inner.parts...)
	out := Pattern{parts: append(parts, part{literal: tail})}
	out.source = out.String()
	return out
}

// accented returns the pattern with accents and the length of its literals;
// of a plural the longest form counts.
func (p Pattern) accented() (Pattern, int) {
	var out Pattern
	length := 0
	for _, part := range p.parts {
		length += utf8.RuneCountInString(part.literal)
		part.literal = accents.Replace(part.literal)
		if part.forms != nil {
			forms, longest := make(map[string]Pattern, len(part.forms)), 0
			for selector, form := range part.forms {
				accented, n := form.accented()
				forms[selector], longest = accented, max(longest, n)
			}
			part.forms, length = forms, length+longest
		}
		out.parts = append(out.parts, part)
	}
	return out, length
}

// String returns the pattern in the form that Parse reads.
func (p Pattern) String() string {
	var b strings.Builder
	for _, part := range p.parts {
		switch {
		case part.hash:
			b.WriteString("#")
		case part.forms != nil:
			b.WriteString("{" + part.name + ", plural,")
			for _, selector := range slices.Sorted(maps.Keys(part.forms)) {
				b.WriteString(" " + selector + " {" + part.forms[selector].String() + "}")
			}
			b.WriteString("}")
		case part.name != "":
			b.WriteString("{" + part.name + "}")
		default:
			b.WriteString(part.literal)
		}
	}
	return b.String()
}
