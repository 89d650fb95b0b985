package account

import (
	"slices"
	"strings"

	"flowbench/views/text"
)

// ConsentProps is what the page shows on which a program asks to act for a
// person.
type ConsentProps struct {
	Request     string // the secret of the request
	Client      string
	User        string // who is asked
	Host        string // where the browser goes afterwards
	Orgs        []string
	API         bool // the program wants to use the API
	Scopes      []string
	Permissions []string // of the person, where they are now
}

func (p ConsentProps) question(t text.T) string {
	if !p.API {
		return t.S("account.consent_sign_in", "client", p.Client)
	}
	return t.S("account.consent_question", "client", p.Client, "organization", strings.Join(p.Orgs, ", "))
}

// means says in words what the program could do.
func (p ConsentProps) means(t text.T) []string {
	var list []string
	add := func(on bool, sentence string) {
		if on {
			list = append(list, sentence)
		}
	}
	can := func(permission string) bool { return slices.Contains(p.Permissions, permission) }
	wants := func(scope string) bool { return slices.Contains(p.Scopes, scope) }
	add(can("org.action.read"), t.S("account.consent_read"))
	add(can("org.action.write"), t.S("account.consent_write"))
	add(can("org.action.delete"), t.S("account.consent_delete"))
	add(can("org.action.test") || can("org.flow.run"), t.S("account.consent_run"))
	add(can("org.member.write"), t.S("account.consent_members"))
	add(can("iam.write"), t.S("account.consent_instance"))
	add(wants("profile"), t.S("account.consent_name"))
	add(wants("email"), t.S("account.consent_email"))
	add(wants("offline_access"), t.S("account.consent_offline"))
	return list
}
