package vm

import (
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// maxDepth bounds the nesting of JSON that is read or written.
const maxDepth = 200

var (
	errSyntax = errors.New("is not valid JSON")
	errDepth  = errors.New("is nested too deeply")
)

// reader reads JSON text from front to end, without building anything.
type reader struct {
	src   []byte
	pos   int
	depth int
}

func (r *reader) space() {
	for r.pos < len(r.src) {
		switch r.src[r.pos] {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return
		}
	}
}

// peek returns the first byte of the next token, 0 at the end.
func (r *reader) peek() byte {
	r.space()
	if r.pos == len(r.src) {
		return 0
	}
	return r.src[r.pos]
}

// atEnd reports whether only space is left.
func (r *reader) atEnd() bool {
	r.space()
	return r.pos == len(r.src)
}

// take reads one expected byte.
func (r *reader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.pos++
	return true
}

func (r *reader) word(w string) error {
	if len(r.src)-r.pos < len(w) || string(r.src[r.pos:r.pos+len(w)]) != w {
		return errSyntax
	}
	r.pos += len(w)
	return nil
}

// list reads an array or object: f is called at the beginning of each element
// and reads it.
func (r *reader) list(open, end byte, f func() error) error {
	if !r.take(open) {
		return errSyntax
	}
	if r.depth++; r.depth > maxDepth {
		return errDepth
	}
	defer func() { r.depth-- }()
	if r.take(end) {
		return nil
	}
	for {
		if err := f(); err != nil {
			return err
		}
		if r.take(',') {
			continue
		}
		if r.take(end) {
			return nil
		}
		return errSyntax
	}
}

// object calls f with each key, positioned at the value, which f reads.
func (r *reader) object(f func(key string) error) error {
	return r.list('{', '}', func() error {
		if r.peek() != '"' {
			return errSyntax
		}
		key, err := r.string()
		if err != nil {
			return err
		}
		if !r.take(':') {
			return errSyntax
		}
		return f(key)
	})
}

// skip reads a value of any type.
func (r *reader) skip() error {
	switch r.peek() {
	case '{':
		return r.object(func(string) error { return r.skip() })
	case '[':
		return r.list('[', ']', r.skip)
	case '"':
		_, err := r.string()
		return err
	case 't':
		return r.word("true")
	case 'f':
		return r.word("false")
	case 'n':
		return r.word("null")
	}
	_, err := r.number()
	return err
}

// rawString reads a string and returns what stands between its quotes.
func (r *reader) rawString() ([]byte, error) {
	start := r.pos + 1
	for i := start; i < len(r.src); i++ {
		switch c := r.src[i]; {
		case c == '"':
			r.pos = i + 1
			return r.src[start:i], nil
		case c == '\\':
			i++
		case c < 0x20:
			return nil, errSyntax
		}
	}
	return nil, errSyntax
}

// string reads a string. One without escapes shares memory with the source,
// which nobody changes while it is read.
func (r *reader) string() (string, error) {
	raw, err := r.rawString()
	if err != nil {
		return "", err
	}
	return unescape(raw)
}

// number reads a number and checks its form.
func (r *reader) number() (float64, error) {
	start := r.pos
	for r.pos < len(r.src) && isNumberByte(r.src[r.pos]) {
		r.pos++
	}
	raw := r.src[start:r.pos]
	if i, ok := smallInt(raw); ok {
		return float64(i), nil
	}
	if !json.Valid(raw) {
		return 0, errSyntax
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return 0, errors.New("is a number out of range")
	}
	return f, nil
}

func isNumberByte(c byte) bool {
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}

// smallInt reads the usual numbers without a detour.
func smallInt(raw []byte) (int64, bool) {
	if len(raw) == 0 || len(raw) > 15 || raw[0] == '0' && len(raw) > 1 {
		return 0, false
	}
	var n int64
	for _, c := range raw {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// isJSON reports whether b is one JSON value, as encoding/json writes it.
func isJSON(b []byte) bool { return json.Valid(b) }

// unescape decodes what stands between the quotes of a JSON string. Invalid
// UTF-8 and lone surrogates become U+FFFD.
func unescape(raw []byte) (string, error) {
	plain := true
	for _, c := range raw {
		if c == '\\' || c >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return unsafe.String(unsafe.SliceData(raw), len(raw)), nil
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '\\':
			r, w := unescapeOne(raw[i:])
			if w == 0 {
				return "", errSyntax
			}
			out = utf8.AppendRune(out, r)
			i += w
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, w := utf8.DecodeRune(raw[i:])
			out = utf8.AppendRune(out, r)
			i += w
		}
	}
	return string(out), nil
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescapeOne decodes the escape sequence at the start of raw and returns its
// length, 0 if it is not one.
func unescapeOne(raw []byte) (rune, int) {
	if len(raw) < 2 {
		return 0, 0
	}
	if r, ok := escapes[raw[1]]; ok {
		return r, 2
	}
	first, ok := hex4(raw)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(first) {
		if second, ok := hex4(raw[6:]); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r, 12
			}
		}
		return utf8.RuneError, 6
	}
	return first, 6
}

func hex4(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[2:6]), 16, 32)
	return rune(n), err == nil
}

const hexDigits = "0123456789abcdef"

// appendJSONString writes s as encoding/json does, HTML characters escaped,
// because stored metadata must be equal byte by byte.
func appendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			b = appendEscape(b, c)
			i++
			start = i
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && w == 1 || r == '\u2028' || r == '\u2029' {
			b = append(b, s[start:i]...)
			b = append(b, `\u`...)
			b = append(b, hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			start = i + w
		}
		i += w
	}
	return append(append(b, s[start:]...), '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// appendJSONNumber writes a finite number as encoding/json does.
func appendJSONNumber(b []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && i > -1<<53 && i < 1<<53 && !(i == 0 && 1/f < 0) {
		return strconv.AppendInt(b, i, 10)
	}
	text, _ := json.Marshal(f)
	return append(b, text...)
}
