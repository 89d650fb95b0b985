package text

import (
	"errors"
	"fmt"
	"strings"
)

// Pattern is a parsed text with its placeholders and plural forms.
type Pattern struct {
	source string
	parts  []part
}

// part is literal text, a placeholder, or a choice by number.
type part struct {
	literal string
	name    string             // placeholder or plural argument
	forms   map[string]Pattern // plural forms by "=0", "one", "other"
	hash    bool               // the # inside a plural form
}

// Parse reads a pattern.
func Parse(source string) (Pattern, error) {
	r := &reader{rest: source}
	parts, err := r.parts(false)
	if err != nil {
		return Pattern{}, err
	}
	return Pattern{source: source, parts: parts}, nil
}

// Placeholders returns the names used anywhere in the pattern.
func (p Pattern) Placeholders() map[string]bool {
	names := map[string]bool{}
	for _, part := range p.parts {
		if part.name != "" {
			names[part.name] = true
		}
		for _, form := range part.forms {
			for name := range form.Placeholders() {
				names[name] = true
			}
		}
	}
	return names
}

type reader struct{ rest string }

// parts reads until the end, or inside a plural form until its closing brace.
func (r *reader) parts(inside bool) ([]part, error) {
	var parts []part
	special := "{}"
	if inside {
		special = "{}#"
	}
	for {
		i := strings.IndexAny(r.rest, special)
		if i < 0 {
			i = len(r.rest)
		}
		if i > 0 {
			parts = append(parts, part{literal: r.rest[:i]})
		}
		r.rest = r.rest[i:]
		switch {
		case r.rest == "" && inside:
			return nil, errors.New("a plural form is not closed")
		case r.rest == "":
			return parts, nil
		case r.rest[0] == '#':
			parts = append(parts, part{hash: true})
			r.rest = r.rest[1:]
		case r.rest[0] == '}' && inside:
			r.rest = r.rest[1:]
			return parts, nil
		case r.rest[0] == '}':
			return nil, errors.New("a closing brace without its opening one")
		default:
			p, err := r.argument()
			if err != nil {
				return nil, err
			}
			parts = append(parts, p)
		}
	}
}

// argument reads {name} or {name, plural, …}.
func (r *reader) argument() (part, error) {
	end := strings.IndexAny(r.rest, ",}")
	if end < 0 {
		return part{}, errors.New("a placeholder is not closed")
	}
	name := strings.TrimSpace(r.rest[1:end])
	if name == "" || strings.ContainsAny(name, "{ #") {
		return part{}, fmt.Errorf("%q is not a name", name)
	}
	if r.rest[end] == '}' {
		r.rest = r.rest[end+1:]
		return part{name: name}, nil
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(r.rest[end+1:]), "plural,")
	if !ok {
		return part{}, fmt.Errorf("%q: only plural is known", name)
	}
	r.rest = rest
	forms, err := r.forms()
	if err != nil {
		return part{}, fmt.Errorf("%q: %w", name, err)
	}
	return part{name: name, forms: forms}, nil
}

func (r *reader) forms() (map[string]Pattern, error) {
	forms := map[string]Pattern{}
	for {
		r.rest = strings.TrimSpace(r.rest)
		if strings.HasPrefix(r.rest, "}") {
			r.rest = r.rest[1:]
			if _, ok := forms["other"]; !ok {
				return nil, errors.New("the plural form other is missing")
			}
			return forms, nil
		}
		open := strings.Index(r.rest, "{")
		if open < 0 {
			return nil, errors.New("a plural is not closed")
		}
		selector := strings.TrimSpace(r.rest[:open])
		r.rest = r.rest[open+1:]
		parts, err := r.parts(true)
		if err != nil {
			return nil, err
		}
		forms[selector] = Pattern{parts: parts}
	}
}

// format fills the pattern in. A value that is missing shows as its name in
// braces, which is easy to see and breaks nothing.
func (p Pattern) format(values map[string]any, number func(any) string) string {
	var b strings.Builder
	p.write(&b, values, nil, number)
	return b.String()
}

func (p Pattern) write(b *strings.Builder, values map[string]any, count any, number func(any) string) {
	for _, part := range p.parts {
		value, ok := values[part.name]
		switch {
		case part.hash:
			b.WriteString(number(count))
		case part.name == "":
			b.WriteString(part.literal)
		case !ok:
			b.WriteString("{" + part.name + "}")
		case part.forms != nil:
			part.choose(value).write(b, values, value, number)
		default:
			b.WriteString(show(value, number))
		}
	}
}

// choose picks the plural form. English and German share the rule: one for 1,
// other for the rest.
func (p part) choose(value any) Pattern {
	n := fmt.Sprint(value)
	if form, ok := p.forms["="+n]; ok {
		return form
	}
	if form, ok := p.forms["one"]; ok && n == "1" {
		return form
	}
	return p.forms["other"]
}

func show(value any, number func(any) string) string {
	switch v := value.(type) {
	case string:
		return v
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		return number(v)
	default:
		return fmt.Sprint(v)
	}
}
