package vm

import "github.com/dop251/goja"

// providerGetter answers the getters of a provider's user from its members.
func (c callee) providerGetter(goja.FunctionCall) goja.Value {
	return c.value(c.m.Type.Returns, c.on.providerField(c.m.arg))
}

// providerSources are the members that a getter of a provider's user reads,
// first one that is there wins.
var providerSources = map[string][]string{
	"getID":                {"subject", "iD", "sub", "id"},
	"getFirstName":         {"givenName", "firstName", "given_name"},
	"getLastName":          {"familyName", "lastName", "family_name"},
	"getDisplayName":       {"name", "displayName"},
	"getNickname":          {"nickname", "nickName", "login"},
	"getPreferredUsername": {"preferredUsername", "userPrincipalName", "login", "preferred_username"},
	"getEmail":             {"email"},
	"isEmailVerified":      {"emailVerified", "email_verified"},
	"getPhone":             {"phoneNumber", "phone", "mobilePhone", "phone_number"},
	"isPhoneVerified":      {"phoneNumberVerified", "phoneVerified", "phone_number_verified"},
	"getPreferredLanguage": {"locale", "preferredLanguage"},
	"getAvatarURL":         {"picture", "avatarUrl", "avatarURL"},
	"getProfile":           {"profile", "htmlUrl"},
}

func (o *hostObject) providerField(getter string) node {
	t, n := o.t, o.n
	if i, ok := t.index["user"]; ok {
		t, n = t.Members[i].Type, n.find(i)
	}
	raw := node(nil)
	if i, ok := t.index["rawInfo"]; ok {
		raw = n.find(i)
	}
	for _, name := range providerSources[getter] {
		if v := raw.member(name); len(v) > 0 {
			return v
		}
		if i, ok := t.index[name]; ok && !n.find(i).null() {
			return n.find(i)
		}
	}
	return nil
}

// providerJSON is the JSON form of an OpenID Connect user: claim names.
func (c callee) providerJSON(goja.FunctionCall) goja.Value {
	o := c.vm.NewObject()
	claim := map[string]string{}
	for name, target := range claimAliases {
		claim[target] = name
	}
	for i := range c.on.t.Members {
		m := &c.on.t.Members[i]
		n := c.on.n.find(i)
		if m.Type.Kind == KindFunc || m.Name == "claims" || n.null() || n.tag() == tagString && n.string() == "" {
			continue
		}
		name := m.Name
		if alias, ok := claim[name]; ok {
			name = alias
		}
		put(o, name, c.any(n))
	}
	c.on.n.find(c.on.t.index["claims"]).members(func(name string, n node) {
		if o.Get(name) == nil {
			put(o, name, c.any(n))
		}
	})
	return o
}
