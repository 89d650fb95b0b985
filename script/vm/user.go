package vm

import (
	"math"

	"github.com/dop251/goja"
	"golang.org/x/text/language"
)

// setUser tells one changed field of the user.
func (c callee) setUser(field string, value []byte) goja.Value {
	c.effect(Op{Kind: OpUser, Key: field, Value: value})
	return goja.Undefined()
}

func (c callee) setText(call goja.FunctionCall) goja.Value {
	return c.setUser(c.m.arg, appendJSONString(nil, call.Argument(0).String()))
}

func (c callee) setFlag(call goja.FunctionCall) goja.Value {
	if call.Argument(0).ToBoolean() {
		return c.setUser(c.m.arg, []byte("true"))
	}
	return c.setUser(c.m.arg, []byte("false"))
}

func (c callee) setLanguage(call goja.FunctionCall) goja.Value {
	tag, err := language.Parse(call.Argument(0).String())
	if err != nil {
		tag = language.Und
	}
	return c.setUser("preferredLanguage", appendJSONString(nil, tag.String()))
}

// setGender keeps whatever number comes; text that is none becomes 0.
func (c callee) setGender(call goja.FunctionCall) goja.Value {
	f := call.Argument(0).ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) || math.Abs(f) > math.MaxInt32 {
		f = 0
	}
	return c.setUser("gender", appendJSONNumber(nil, math.Trunc(f)))
}

// userValue is the user that the setters change, as earlier actions left it.
func (c callee) userValue(n node) goja.Value {
	t := externalUserType
	if c.state.table.creates {
		t = userType
	}
	return c.object(t, c.state.changedUser(t, n))
}

// changedUser writes earlier changes into the user's record.
func (s *State) changedUser(t *Type, n node) node {
	if s.fieldsAt == 0 {
		return n
	}
	human := t.index["human"]
	b, at := open(nil, tagRecord)
	if n.tag() == tagRecord {
		b = append(b, n[1+sizeBytes:]...)
	}
	old := n.find(human)
	inner, innerAt := open(nil, tagRecord)
	if old.tag() == tagRecord {
		inner = append(inner, old[1+sizeBytes:]...)
	}
	for _, f := range s.fields[:s.fieldsAt] {
		v, err := encodeJSON(f.value)
		if err != nil {
			continue
		}
		if i, ok := t.index[f.name]; ok {
			b = append(append(b, byte(i)), v...)
		} else if i, ok := humanType.index[f.name]; ok {
			inner = append(append(inner, byte(i)), v...)
		}
	}
	b = append(append(b, byte(human)), closed(inner, innerAt)...)
	return closed(b, at)
}
