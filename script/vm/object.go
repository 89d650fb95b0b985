package vm

import (
	"net"
	"net/netip"

	"github.com/dop251/goja"
)

// The types behind String, Number and Boolean objects: goja wraps values of
// named types, which is where the reference gets its surprising values from.
type (
	stringBox string
	numberBox float64
	intBox    int64
	boolBox   bool
)

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

// value makes a value of type t from its encoded form; what is not there is
// zero, as in the reference.
func (r *run) value(t *Type, n node) goja.Value {
	switch t.Kind {
	case KindString:
		return r.vm.ToValue(n.string())
	case KindNumber:
		return r.vm.ToValue(n.number())
	case KindBool:
		return r.vm.ToValue(n.bool())
	case KindStringObject:
		return r.box(stringBox(n.string()))
	case KindNumberObject:
		return r.numberObject(n.number())
	case KindBoolObject:
		return r.box(boolBox(n.bool()))
	case KindTime:
		return r.box(n.time())
	case KindAddress:
		return r.address(n.string())
	case KindBytes:
		return r.decoded(n.string())
	case KindArray:
		return r.array(t.Elem, n)
	case KindMap:
		return r.openMap(t.Elem, n)
	case KindObject, KindRecord:
		if n.tag() == tagRef {
			n = r.state.orgMetadata(n.string())
		}
		return r.object(t, n)
	case KindUnion:
		if n.null() {
			return goja.Null()
		}
		return r.object(t.Alternatives[n[1]], n[2:])
	}
	return r.any(n)
}

// box wraps a value of a named type, or a struct with methods, as goja's own
// host object.
func (r *run) box(v any) goja.Value {
	if !r.mapped {
		r.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
		r.mapped = true
	}
	return r.vm.ToValue(v)
}

func (r *run) numberObject(f float64) goja.Value {
	if i := int64(f); float64(i) == f {
		return r.box(intBox(i))
	}
	return r.box(numberBox(f))
}

func (r *run) address(s string) goja.Value {
	addr, err := netip.ParseAddr(s)
	if err != nil {
		return r.box(net.IP(nil))
	}
	b := addr.As16()
	return r.box(net.IP(b[:]))
}

// decoded is the script's view of stored bytes: JSON if they are valid JSON.
func (r *run) decoded(stored string) goja.Value {
	if n, err := encodeJSON([]byte(stored)); err == nil {
		return r.any(n)
	}
	return r.vm.ToValue(stored)
}

func (r *run) array(elem *Type, n node) goja.Value {
	body, count := n.body()
	items := make([]any, count)
	var objects []hostObject
	if elem.Kind == KindRecord {
		objects = make([]hostObject, count)
	}
	for i := range items {
		s := body.size()
		switch {
		case objects != nil:
			objects[i] = hostObject{run: r, t: elem, n: body[:s], repeated: true}
			items[i] = r.vm.NewDynamicObject(&objects[i])
		case elem.Kind == KindString:
			items[i] = r.repeated(body[:s])
		default:
			items[i] = r.value(elem, body[:s])
		}
		body = body[s:]
	}
	return r.vm.NewArray(items...)
}

// maxRepeated is the length up to which texts in lists are made once per run.
const maxRepeated = 32

// repeated makes the value of a text that is likely to come again: roles,
// project names and the like.
func (r *run) repeated(n node) goja.Value {
	raw := n.raw()
	if len(raw) > maxRepeated {
		return r.vm.ToValue(string(raw))
	}
	if v, ok := r.texts[string(raw)]; ok {
		return v
	}
	if r.texts == nil {
		r.texts = make(map[string]goja.Value, 16)
	}
	s := string(raw)
	v := r.vm.ToValue(s)
	r.texts[s] = v
	return v
}

// put sets an own member, also one of a name with a meaning.
func put(o *goja.Object, key string, v goja.Value) {
	if key == "__proto__" {
		_ = o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		return
	}
	_ = o.Set(key, v)
}

// any makes a plain value of any shape.
func (r *run) any(n node) goja.Value {
	switch n.tag() {
	case tagFalse, tagTrue:
		return r.vm.ToValue(n.bool())
	case tagInt, tagFloat:
		return r.vm.ToValue(n.number())
	case tagString:
		return r.vm.ToValue(n.string())
	case tagArray:
		return r.array(anyType, n)
	case tagObject:
		return r.openMap(anyType, n)
	}
	return goja.Null()
}

// convert makes what a script assigns to a record's member a value of the
// member's type, as the reference's conversion does.
func (r *run) convert(t *Type, v goja.Value) (goja.Value, bool) {
	switch t.Kind {
	case KindString:
		return r.vm.ToValue(v.String()), true
	case KindBool:
		return r.vm.ToValue(v.ToBoolean()), true
	case KindNumber:
		return v.ToNumber(), true
	case KindStringObject:
		return r.box(stringBox(v.String())), true
	case KindNumberObject:
		return r.numberObject(v.ToFloat()), true
	case KindBoolObject:
		return r.box(boolBox(v.ToBoolean())), true
	case KindFunc, KindTime:
		return nil, false
	}
	return v, true
}
