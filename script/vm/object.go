package vm

import "github.com/dop251/goja"

// hostObject is an object of the context or the interface: its members are
// made when they are first read, and kept.
type hostObject struct {
	run     *run
	t       *Type
	n       node
	slots   []goja.Value
	deleted uint64                // open objects: removed members by number
	more    map[string]goja.Value // open objects: what the script added
	added   []string

	with     any  // what natives need besides the context
	repeated bool // an element of a list: its texts are likely to come again
}

func (r *run) object(t *Type, n node) *goja.Object {
	return r.vm.NewDynamicObject(&hostObject{run: r, t: t, n: n})
}

// has reports whether a member is there.
func (o *hostObject) has(i int) bool {
	if o.deleted&(1<<i) != 0 {
		return false
	}
	m := &o.t.Members[i]
	return !m.Optional || len(o.slots) > 0 && o.slots[i] != nil || !o.n.find(i).null()
}

// Get returns a member, nil if there is none of that name.
func (o *hostObject) Get(name string) goja.Value {
	i, ok := o.t.index[name]
	if !ok {
		if o.more != nil {
			return o.more[name]
		}
		if target, ok := o.alias(name); ok {
			return o.Get(target)
		}
		return nil
	}
	if len(o.slots) > 0 {
		if v := o.slots[i]; v != nil {
			return v
		}
	}
	if !o.has(i) {
		return nil
	}
	if o.slots == nil {
		o.slots = make([]goja.Value, len(o.t.Members))
	}
	v := o.make(i)
	o.slots[i] = v
	return v
}

// alias finds the member behind the claim names that published examples use on
// the users of OpenID Connect providers.
func (o *hostObject) alias(name string) (string, bool) {
	if o.run.job.Strict || o.t.Kind != KindRecord || !o.t.has("phoneNumberVerified") {
		return "", false
	}
	target, ok := claimAliases[name]
	return target, ok
}

// make makes the value of a member.
func (o *hostObject) make(i int) goja.Value {
	m := &o.t.Members[i]
	n := o.n.find(i)
	if m.Type.Kind == KindFunc {
		return o.function(m, n)
	}
	if m.native != nativeNone {
		return values[m.native](callee{o.run, o, m}, n)
	}
	if m.Nullable && n.null() {
		return goja.Null()
	}
	if o.repeated && m.Type.Kind == KindString {
		return o.run.repeated(n)
	}
	return o.run.value(m.Type, n)
}

func (o *hostObject) function(m *Member, n node) goja.Value {
	c := callee{o.run, o, m}
	if m.native == nativeNone {
		return c.named(func(goja.FunctionCall) goja.Value { return c.value(m.Type.Returns, n) })
	}
	f := functions[m.native]
	return c.named(func(call goja.FunctionCall) goja.Value { return f(c, call) })
}

// named gives a function the name of its member, for stacks and messages.
func (c callee) named(f func(goja.FunctionCall) goja.Value) goja.Value {
	v := c.vm.ToValue(f)
	_ = v.(*goja.Object).DefineDataProperty("name", c.vm.ToValue(c.m.Name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return v
}

// Set changes a member; records know no others.
func (o *hostObject) Set(name string, v goja.Value) bool {
	i, ok := o.t.index[name]
	if !ok {
		return o.t.Kind == KindObject && o.add(name, v)
	}
	if o.t.Kind == KindRecord {
		if v, ok = o.run.convert(o.t.Members[i].Type, v); !ok {
			return false
		}
	}
	if o.slots == nil {
		o.slots = make([]goja.Value, len(o.t.Members))
	}
	o.slots[i] = v
	o.deleted &^= 1 << i
	return true
}

func (o *hostObject) add(name string, v goja.Value) bool {
	if o.more == nil {
		o.more = map[string]goja.Value{}
	}
	if _, ok := o.more[name]; !ok {
		o.added = append(o.added, name)
	}
	o.more[name] = v
	return true
}

// Has reports whether there is a member of that name.
func (o *hostObject) Has(name string) bool {
	i, ok := o.t.index[name]
	if !ok {
		if _, ok = o.more[name]; !ok {
			_, ok = o.alias(name)
		}
		return ok
	}
	return !o.t.Members[i].Hidden && o.has(i)
}

// Delete removes a member of an open object; records refuse.
func (o *hostObject) Delete(name string) bool {
	i, ok := o.t.index[name]
	if !ok {
		delete(o.more, name)
		for k, a := range o.added {
			if a == name {
				o.added = append(o.added[:k:k], o.added[k+1:]...)
				break
			}
		}
		return true
	}
	if o.t.Kind == KindRecord {
		return false
	}
	o.deleted |= 1 << i
	if o.slots != nil {
		o.slots[i] = nil
	}
	return true
}

// Keys returns the names of the members that are there.
func (o *hostObject) Keys() []string {
	keys := make([]string, 0, len(o.t.names)+len(o.added))
	for _, name := range o.t.names {
		if o.has(o.t.index[name]) {
			keys = append(keys, name)
		}
	}
	return append(keys, o.added...)
}
