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

// maxRepeated is the length up to which texts in lists are made once per run.
const maxRepeated = 32

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
