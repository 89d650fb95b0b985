package script

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
)

// masked stands for a secret in what is shown and stored.
const masked = "•••"

// secretParts and secretNames find the names of headers, members and
// parameters whose values nobody needs to see in a record.
var (
	secretParts = []string{"authorization", "cookie", "passw", "secret", "token", "apikey", "privatekey", "assertion",
		"credential", "signature", "session"}
	secretNames = map[string]bool{"code": true, "otp": true, "pin": true}
	separators  = strings.NewReplacer("-", "", "_", "")
)

func isSecret(name string) bool {
	name = separators.Replace(strings.ToLower(name))
	if secretNames[name] {
		return true
	}
	for _, part := range secretParts {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// maskHeader flattens a header for a record.
func maskHeader(header map[string][]string) map[string]string {
	if len(header) == 0 {
		return nil
	}
	out := make(map[string]string, len(header))
	for name, values := range header {
		out[name] = strings.Join(values, ", ")
		if isSecret(name) {
			out[name] = masked
		}
	}
	return out
}

// maskURL hides the password and the values of secret parameters.
func maskURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return cut(address, maxRecordedText)
	}
	if _, ok := u.User.Password(); ok {
		u.User = url.UserPassword(u.User.Username(), "xxxxx")
	}
	u.RawQuery = maskQuery(u.RawQuery)
	return cut(u.String(), maxRecordedText)
}

func maskQuery(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if name, _, ok := strings.Cut(part, "="); ok && isSecret(name) {
			parts[i] = name + "=" + url.QueryEscape(masked)
		}
	}
	return strings.Join(parts, "&")
}

// maskBody hides secret members of a JSON body and secret fields of a form;
// other text is only cut.
func maskBody(body []byte) string {
	if len(body) > 4*maxRecordedText {
		return cut(string(body[:4*maxRecordedText]), maxRecordedText)
	}
	if !maySecret(body) {
		return cut(string(body), maxRecordedText)
	}
	var value any
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&value); err != nil {
		return cut(maskQuery(string(body)), maxRecordedText)
	}
	text, err := json.Marshal(maskValue(value))
	if err != nil {
		return ""
	}
	return cut(string(text), maxRecordedText)
}

// maySecret reports whether a text could hold a secret name; most do not, and
// need not be taken apart.
func maySecret(body []byte) bool {
	text := separators.Replace(strings.ToLower(string(body)))
	for _, part := range secretParts {
		if strings.Contains(text, part) {
			return true
		}
	}
	for name := range secretNames {
		if strings.Contains(text, name) {
			return true
		}
	}
	return strings.Contains(text, `\u`) // a name may be written in escapes
}

func maskValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if isSecret(name) {
				v[name] = masked
				continue
			}
			v[name] = maskValue(member)
		}
	case []any:
		for i := range v {
			v[i] = maskValue(v[i])
		}
	}
	return value
}

// maxRecordedText bounds each text of a recorded request.
const maxRecordedText = 8 << 10

func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}
