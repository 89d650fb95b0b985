package vm

import (
	"encoding/json"

	"flowbench/models"
)

// attributeJSON is an attribute without its name.
type attributeJSON struct {
	NameFormat string   `json:"nameFormat"`
	Values     []string `json:"values"`
}

func attributeValue(a models.SAMLAttribute) attributeJSON {
	return attributeJSON{a.NameFormat, a.Values}
}

// Finish tells what the operation around the chain does with the result.
func Finish(s *State) models.ChainOutcome {
	var o models.ChainOutcome
	switch t := s.table; {
	case s.failedBefore():
		return o
	case t.claims:
		o.Claims = s.customClaims()
		o.LogClaims = s.allLogs
		o.MetadataWrites = s.writes
	case t.saml:
		o.Attributes = s.attrs
		o.MetadataWrites = s.writes
	case t.API.has("userGrants"):
		o.Grants = s.grants
		for _, g := range s.grants {
			if g.ProjectID == "" {
				o.LoginMessage = "Errors.UserGrant.Invalid"
			}
		}
	default:
		o.Metadata = s.metadata()
		if t.API.has("setEmail") {
			o.User = s.user()
		}
	}
	return o
}

// failedBefore reports whether the authentication had failed before the chain
// began: its results go nowhere.
func (s *State) failedBefore() bool {
	text := s.v1("authError").string()
	return text != "" && text != "none"
}

func (t *Type) has(member string) bool {
	_, ok := t.index[member]
	return ok
}

func (s *State) metadata() []models.KeyValue {
	list := make([]models.KeyValue, 0, len(s.entries))
	for _, e := range s.entries {
		list = append(list, models.KeyValue{Key: e.key, Value: string(e.stored)})
	}
	return list
}

// customClaims writes the custom map: what the context held, then what the
// actions added.
func (s *State) customClaims() json.RawMessage {
	b := []byte{'{'}
	add := func(name string, value []byte) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(appendJSONString(b, name), ':')
		b = append(b, value...)
	}
	s.held().find(stateCustomClaims).members(func(name string, n node) {
		if s.byName[name] == 0 {
			add(name, appendJSON(nil, n))
		}
	})
	for i, c := range s.claims {
		if s.byName[c.name] == i+1 {
			add(c.name, c.value)
		}
	}
	return append(b, '}')
}

// userFields are the fields that setters change, in the order in which the
// result tells them.
var userFields = []string{"username", "preferredUsername", "firstName", "lastName", "nickName", "displayName",
	"preferredLanguage", "gender", "email", "isEmailVerified", "phone", "isPhoneVerified"}

// user writes the user as the operation would store it, and whether an action
// changed it.
func (s *State) user() json.RawMessage {
	b := []byte{'{'}
	for _, name := range userFields {
		if _, ok := s.userNode(name); !ok || name == "preferredUsername" && s.table.creates {
			continue
		}
		b = append(appendJSONString(b, name), ':')
		value := s.field(name, len(s.fields))
		if value == nil {
			value = zeroOf(name)
		}
		if name == "username" && string(value) == `""` {
			value = s.field("email", len(s.fields)) // as the reference does
		}
		b = append(append(b, orNull(value)...), ',')
	}
	changed := "false"
	if len(s.fields) > 0 {
		changed = "true"
	}
	return append(append(b, `"changed":`+changed...), '}')
}

func zeroOf(field string) json.RawMessage {
	switch field {
	case "gender":
		return json.RawMessage("0")
	case "isEmailVerified", "isPhoneVerified":
		return json.RawMessage("false")
	}
	return json.RawMessage(`""`)
}

// appendJSON writes an encoded plain value as JSON.
func appendJSON(b []byte, n node) []byte {
	switch n.tag() {
	case tagFalse:
		return append(b, "false"...)
	case tagTrue:
		return append(b, "true"...)
	case tagInt, tagFloat:
		return appendJSONNumber(b, n.number())
	case tagString:
		return appendJSONString(b, n.string())
	case tagTime:
		text, _ := n.time().MarshalJSON()
		return append(b, text...)
	case tagArray:
		b = append(b, '[')
		first := true
		n.items(func(e node) {
			b = comma(b, &first)
			b = appendJSON(b, e)
		})
		return append(b, ']')
	case tagObject:
		b = append(b, '{')
		first := true
		n.members(func(key string, v node) {
			b = comma(b, &first)
			b = append(appendJSONString(b, key), ':')
			b = appendJSON(b, v)
		})
		return append(b, '}')
	}
	return append(b, "null"...)
}

func comma(b []byte, first *bool) []byte {
	if *first {
		*first = false
		return b
	}
	return append(b, ',')
}
