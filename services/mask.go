package services

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// masked stands where a secret was.
const masked = "[masked]"

// secretNames are parts of member names, lower-cased and without - and _,
// whose texts are secrets.
var secretNames = []string{"token", "password", "passwd", "secret", "authorization", "cookie", "apikey", "assertion", "privatekey", "otp", "encodedhash"}

// wholeNames are names that are secrets only as a whole: the code of an
// authorization answer, but not a postcode.
var wholeNames = []string{"code"}

// plainNames contain a secret name and are none.
var plainNames = []string{"tokentype", "tokenendpoint", "passwordverified", "istoken", "tokenuri"}

// namedMembers hold the value of which a neighbour "path" or "key" tells the
// name: effects and metadata.
var namedMembers = []string{"before", "after", "value", "$bytes"}

// secretText finds bearer credentials and JSON Web Tokens in any text.
var secretText = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}|\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*`)

// secretQuery finds the parameters of addresses and forms whose values are
// secrets.
var secretQuery = regexp.MustCompile(`(?i)([?&;](?:code|[a-z_-]*(?:token|password|secret|assertion|api_?key))=)[^&#;\s"]+`)

// minSecret is the shortest secret of the input that is looked for in the
// result; shorter ones would hit ordinary words.
const minSecret = 6

// mask returns the input and the result of a run as they may be stored: texts
// under telling names are replaced, and wherever the result repeats them.
func mask(input, result []byte) (string, string) {
	m := &masker{}
	in := m.rewrite(input)
	out := m.rewrite(result)
	slices.SortFunc(m.found, func(a, b string) int { return len(b) - len(a) })
	for _, secret := range m.found {
		out = strings.ReplaceAll(out, secret, masked)
	}
	return in, out
}

// masker copies JSON in its order and collects the secrets it replaces, in the
// form in which they stand inside JSON texts.
type masker struct {
	out   bytes.Buffer
	found []string
	last  string // the text read last
}

// rewrite returns the masked copy of one JSON value. What is not JSON is
// dropped: it cannot be looked through.
func (m *masker) rewrite(data []byte) string {
	m.out.Reset()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := m.value(d, false); err != nil {
		return ""
	}
	return m.out.String()
}

func (m *masker) value(d *json.Decoder, secret bool) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return m.object(d, secret)
		}
		return m.array(d, secret)
	case string:
		return m.text(v, secret)
	case json.Number:
		if secret {
			return m.text(v.String(), true)
		}
		m.out.WriteString(v.String())
	case bool, nil:
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		m.out.Write(data)
	}
	return nil
}

func (m *masker) object(d *json.Decoder, secret bool) error {
	m.out.WriteByte('{')
	named := "" // what a member "path" or "key" says about its neighbours
	for first := true; d.More(); first = false {
		if !first {
			m.out.WriteByte(',')
		}
		token, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if err := m.write(name); err != nil {
			return err
		}
		m.out.WriteByte(':')
		neighbour := slices.Contains(namedMembers, name) && isSecretName(named)
		if err := m.value(d, secret || neighbour || isSecretName(name)); err != nil {
			return err
		}
		if name == "path" || name == "key" {
			named = m.last
		}
	}
	m.out.WriteByte('}')
	_, err := d.Token()
	return err
}

func (m *masker) array(d *json.Decoder, secret bool) error {
	m.out.WriteByte('[')
	for first := true; d.More(); first = false {
		if !first {
			m.out.WriteByte(',')
		}
		if err := m.value(d, secret); err != nil {
			return err
		}
	}
	m.out.WriteByte(']')
	_, err := d.Token()
	return err
}

// text writes a text, masked if it is a secret or holds one.
func (m *masker) text(v string, secret bool) error {
	m.last = v
	if secret && v != "" {
		m.remember(v)
		return m.write(masked)
	}
	return m.write(secretText.ReplaceAllString(secretQuery.ReplaceAllString(v, "${1}"+masked), masked))
}

// remember keeps a secret for the search in the result.
func (m *masker) remember(v string) {
	if len(v) < minSecret || v == masked {
		return
	}
	if data, err := json.Marshal(v); err == nil {
		m.found = append(m.found, string(data[1:len(data)-1]))
	}
}

func (m *masker) write(v string) error {
	data, err := json.Marshal(v)
	m.out.Write(data)
	return err
}

// isSecretName reports whether the last part of a name or path tells that its
// text is a secret.
func isSecretName(name string) bool {
	if i := strings.LastIndexAny(name, ".["); i >= 0 {
		name = name[i+1:]
	}
	key := strings.NewReplacer("-", "", "_", "", `"`, "", "]", "").Replace(strings.ToLower(name))
	if slices.Contains(plainNames, key) {
		return false
	}
	return slices.Contains(wholeNames, key) || slices.ContainsFunc(secretNames, func(part string) bool { return strings.Contains(key, part) })
}
