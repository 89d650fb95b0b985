package script

import (
	"encoding/json"
	"fmt"

	"flowbench/models"
	"flowbench/script/vm"
)

// Carried is what one trigger of a journey leaves for the following ones: the
// profile of the user, metadata and grants. The zero value carries nothing.
type Carried struct {
	user     map[string]any
	metadata []models.KeyValue
	grants   []models.Grant
}

// tokenTriggers run on copies of the claims within one token answer, and read
// metadata once for it: one does not see what the other wrote.
var tokenTriggers = map[models.Slug]bool{models.PreUserinfo: true, models.PreAccessToken: true}

// Add takes over what a trigger answered.
func (c *Carried) Add(trigger models.Slug, o models.ChainOutcome) {
	var user map[string]any
	if len(o.User) > 0 && json.Unmarshal(o.User, &user) == nil {
		delete(user, "changed")
		if c.user == nil {
			c.user = map[string]any{}
		}
		for field, value := range user {
			c.user[field] = value
		}
	}
	c.metadata = append(c.metadata, o.Metadata...)
	if !tokenTriggers[trigger] {
		c.metadata = append(c.metadata, o.MetadataWrites...)
	}
	c.grants = append(c.grants, o.Grants...)
}

// Into writes what is carried into the context of the next trigger; an empty
// context is the built-in sample.
func (c *Carried) Into(trigger models.Slug, context json.RawMessage) (json.RawMessage, error) {
	if len(context) == 0 {
		context = vm.Sample(trigger)
	}
	if c.user == nil && len(c.metadata) == 0 && len(c.grants) == 0 {
		return context, nil
	}
	var root map[string]any
	if err := json.Unmarshal(context, &root); err != nil {
		return nil, models.Invalid(models.RuleContextInvalid, "context", fmt.Sprintf("The context of %s must be a JSON object.", trigger))
	}
	v1 := object(object(root, "ctx"), "v1")
	c.writeUser(root, v1)
	c.writeMetadata(v1)
	c.writeGrants(v1)
	return json.Marshal(root)
}

// object returns the member of that name if it is an object, else nil, on
// which reading is safe.
func object(parent map[string]any, name string) map[string]any {
	child, _ := parent[name].(map[string]any)
	return child
}

// standardClaims are the claims that the operation makes from the user.
var standardClaims = map[string]string{"given_name": "firstName", "family_name": "lastName", "nickname": "nickName",
	"name": "displayName", "locale": "preferredLanguage", "email": "email", "email_verified": "isEmailVerified",
	"phone_number": "phone", "phone_number_verified": "isPhoneVerified"}

func (c *Carried) writeUser(root, v1 map[string]any) {
	if c.user == nil {
		return
	}
	for _, place := range []string{"user", "getUser()"} {
		user := object(v1, place)
		human := object(user, "human")
		if human == nil {
			continue
		}
		for field, value := range c.user {
			if _, ok := human[field]; ok {
				human[field] = value
			}
		}
		if name := c.userName(); name != "" {
			user["username"] = name
		}
	}
	claims := object(object(root, "state"), "standardClaims")
	for claim, field := range standardClaims {
		if _, shown := claims[claim]; shown && c.user[field] != nil {
			claims[claim] = c.user[field]
		}
	}
}

// userName is what the user is called: an empty name becomes the e-mail
// address when the user is created.
func (c *Carried) userName() string {
	for _, field := range []string{"username", "preferredUsername", "email"} {
		if name, _ := c.user[field].(string); name != "" {
			return name
		}
	}
	return ""
}

// writeMetadata puts entries into the list that the user's metadata is read
// from; a later entry of a key replaces the earlier one.
func (c *Carried) writeMetadata(v1 map[string]any) {
	list := object(object(v1, "user"), "getMetadata()")
	if list == nil || len(c.metadata) == 0 {
		return
	}
	entries, _ := list["metadata"].([]any)
	for _, kv := range c.metadata {
		entries = setEntry(entries, kv)
	}
	list["metadata"], list["count"] = entries, len(entries)
}

func setEntry(entries []any, kv models.KeyValue) []any {
	for _, e := range entries {
		if entry, ok := e.(map[string]any); ok && entry["key"] == kv.Key {
			entry["$bytes"] = kv.Value
			return entries
		}
	}
	return append(entries, map[string]any{"key": kv.Key, "$bytes": kv.Value})
}

// writeGrants adds the new grants to those of the user, where grants are read.
func (c *Carried) writeGrants(v1 map[string]any) {
	user := object(v1, "user")
	if _, reads := user["grants"]; !reads || len(c.grants) == 0 {
		return
	}
	list := object(user, "grants")
	if list == nil {
		list = map[string]any{}
		user["grants"] = list
	}
	grants, _ := list["grants"].([]any)
	for _, g := range c.grants {
		grants = append(grants, map[string]any{"projectId": g.ProjectID, "projectGrantId": g.ProjectGrantID, "roles": g.Roles, "state": 1})
	}
	list["grants"], list["count"] = grants, len(grants)
}
