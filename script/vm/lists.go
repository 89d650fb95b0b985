package vm

import (
	"encoding/json"

	"flowbench/models"

	"github.com/dop251/goja"
)

// hostList is an array whose changes are effects: api.metadata and
// api.userGrants.
type hostList struct {
	*run
	items []goja.Value // made on first read, by number
	len   func() int
	make  func(i int) goja.Value
	put   func(i int, v goja.Value)
	cut   func(n int)

	// A whole array pushed at once becomes several elements; the length that
	// push sets afterwards is not meant to cut them off again.
	spread int
}

// Len returns the length.
func (l *hostList) Len() int { return l.len() }

// Get returns an element, always the same for the same number.
func (l *hostList) Get(i int) goja.Value {
	if i < 0 || i >= l.len() {
		return nil
	}
	for len(l.items) < l.len() {
		l.items = append(l.items, nil)
	}
	if l.items[i] == nil {
		l.items[i] = l.make(i)
	}
	return l.items[i]
}

// Set changes an element or appends one. The value is converted before the
// list grows, so that a value that cannot be converted leaves nothing behind.
func (l *hostList) Set(i int, v goja.Value) bool {
	if i < 0 || i > l.len() {
		return false
	}
	if i < l.len() && goja.IsUndefined(v) {
		return true // pop and splice clear elements before they shorten the list
	}
	l.put(i, v)
	if i < len(l.items) {
		l.items[i] = nil
	}
	return true
}

// SetLen shortens the list.
func (l *hostList) SetLen(n int) bool {
	switch {
	case n == l.len(), n == l.spread:
		l.spread = 0
		return true
	case n < 0 || n > l.len():
		return false
	}
	l.cut(n)
	if n < len(l.items) {
		l.items = l.items[:n]
	}
	return true
}

func (c callee) metadataList(node) goja.Value {
	r := c.run
	l := &hostList{run: r}
	l.len = func() int { return len(r.state.entries) }
	l.make = func(i int) goja.Value { return r.entryValue(r.state.entries[i]) }
	l.put = l.putEntry
	l.cut = func(n int) { r.effect(Op{Kind: OpMetadataCut, Index: n}) }
	return r.vm.NewDynamicArray(l)
}

func (r *run) entryValue(e entry) goja.Value {
	return r.object(metadataEntryType, appendEntry(nil, nil, e.key, string(e.stored)))
}

// putEntry stores what a script pushes: an object with key and value.
func (l *hostList) putEntry(i int, v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok {
		panic(l.vm.NewTypeError("could not convert %s to a metadata entry", v.String()))
	}
	if h, ok := o.Export().(*hostObject); ok && h.t == metadataEntryType && i < len(l.state.entries) {
		if h.sameAs(l.state.entries[i]) {
			return
		}
	}
	value := o.Get("value")
	if value == nil || goja.IsUndefined(value) {
		l.refuse("metadata entry without value")
	}
	key := o.Get("key")
	text := ""
	if key != nil && !goja.IsUndefined(key) {
		text = key.String()
	}
	l.effect(Op{Kind: OpMetadata, Pushed: true, Key: text, Index: i, Value: l.export("metadata "+quote(text), value)})
}

// sameAs reports whether an entry read from the list is unchanged, so that
// sorting a list or copying an element onto itself is no effect.
func (o *hostObject) sameAs(e entry) bool {
	return o.slots == nil && o.n.find(4).string() == e.key && o.n.find(5).string() == string(e.stored)
}

func (c callee) grantList(node) goja.Value {
	r := c.run
	l := &hostList{run: r}
	l.len = func() int { return len(r.state.grants) }
	l.make = func(i int) goja.Value { return r.grantValue(r.state.grants[i]) }
	l.put = l.putGrant
	l.cut = func(n int) { r.effect(Op{Kind: OpGrantCut, Index: n}) }
	return r.vm.NewDynamicArray(l)
}

// putGrant stores what a script pushes. Pushing an array of grants is a common
// mistake that the reference answers with an empty grant; its elements are
// meant.
func (l *hostList) putGrant(i int, v goja.Value) {
	o, ok := v.(*goja.Object)
	if l.job.Strict && i == l.len() {
		l.growFirst(i, v)
		return
	}
	if !ok || o.ClassName() != "Array" {
		l.effect(Op{Kind: OpGrant, Index: i, Value: l.pushedGrant(v)})
		return
	}
	next := i
	l.vm.ForOf(o, func(item goja.Value) bool {
		l.effect(Op{Kind: OpGrant, Index: next, Value: l.pushedGrant(item)})
		next++
		return true
	})
	l.spread = i + 1
}

// growFirst appends as the reference does, whose list has grown already when
// the value turns out not to be a grant.
func (l *hostList) growFirst(i int, v goja.Value) {
	done := false
	defer func() {
		if !done {
			l.effect(Op{Kind: OpGrant, Index: i, Value: []byte(`{"projectId":"","roles":[]}`)})
		}
	}()
	value := l.pushedGrant(v)
	done = true
	l.effect(Op{Kind: OpGrant, Index: i, Value: value})
}

func (r *run) grantValue(g models.Grant) goja.Value {
	b, at := open(nil, tagRecord)
	b = appendString(append(b, 0), g.ProjectID)
	b = appendString(append(b, 1), g.ProjectGrantID)
	b, list := open(append(b, 2), tagArray)
	b = append(b, 0x80, 0x80, 0)
	putCount(b[list+sizeBytes:], len(g.Roles))
	for _, role := range g.Roles {
		b = appendString(b, role)
	}
	b = closed(b, list)
	return r.object(requestedGrantType, closed(b, at))
}

// first returns the first member that an object has, as text.
func first(o *goja.Object, names ...string) string {
	for _, name := range names {
		if v := o.Get(name); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v.String()
		}
	}
	return ""
}

// pushedGrant reads what a script pushes to api.userGrants. The reference
// knows one spelling only and makes an empty grant of everything else; here
// all spellings count and a grant without project is refused.
func (r *run) pushedGrant(v goja.Value) []byte {
	o, ok := v.(*goja.Object)
	if !ok {
		panic(r.vm.NewTypeError("could not convert %s to a user grant", v.String()))
	}
	g := models.Grant{Roles: []string{}}
	if r.job.Strict {
		g.ProjectID, g.ProjectGrantID = first(o, "projectID"), first(o, "projectGrantID")
	} else {
		g.ProjectID = first(o, "projectID", "projectId", "ProjectID", "projectid")
		g.ProjectGrantID = first(o, "projectGrantID", "projectGrantId", "ProjectGrantID", "projectgrantid")
	}
	roles := o.Get("roles")
	if roles == nil && !r.job.Strict {
		roles = o.Get("Roles")
	}
	g.Roles = r.pushedRoles(roles)
	if g.ProjectID == "" && !r.job.Strict {
		r.refuse("projectId not set")
	}
	text, _ := json.Marshal(g)
	return text
}

// pushedRoles converts as the reference does: numbers become text, what is no
// list is an error.
func (r *run) pushedRoles(v goja.Value) []string {
	roles := []string{}
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return roles
	}
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Array" {
		panic(r.vm.NewTypeError("could not convert %s to a list of roles", v.String()))
	}
	r.vm.ForOf(o, func(item goja.Value) bool {
		roles = append(roles, item.String())
		return len(roles) < maxStateOps
	})
	return roles
}

func (c callee) appendUserGrant(call goja.FunctionCall) goja.Value {
	if len(call.Arguments) != 1 {
		c.refuse("exactly one argument expected")
	}
	o, ok := call.Arguments[0].(*goja.Object)
	if !ok {
		c.refuse("unable to read the user grant: an object is expected")
	}
	g := models.Grant{Roles: []string{}}
	g.ProjectID = first(o, "projectId", "projectID")
	g.ProjectGrantID = first(o, "projectGrantId", "projectGrantID")
	if g.ProjectID == "" {
		c.refuse("projectId not set")
	}
	if roles, ok := o.Get("roles").(*goja.Object); ok && roles.ClassName() == "Array" {
		c.vm.ForOf(roles, func(item goja.Value) bool {
			if text, ok := item.(goja.String); ok {
				g.Roles = append(g.Roles, text.String())
			}
			return len(g.Roles) < maxStateOps
		})
	}
	text, _ := json.Marshal(g)
	c.effect(Op{Kind: OpGrant, Index: len(c.state.grants), Value: text})
	return goja.Undefined()
}
