package vm

import (
	"encoding/json"

	"github.com/dop251/goja"
)

// claimsValue is the snapshot of the claims that the action sees.
func (c callee) claimsValue(node) goja.Value { return c.openMap(anyType, c.state.snapshot()) }

// snapshot puts standard claims, custom claims and those of earlier actions
// into one object.
func (s *State) snapshot() node {
	standard, custom := s.standard(), s.held().find(stateCustomClaims)
	if s.seen == 0 && custom.len() == 0 {
		return standard
	}
	out, at := open(make([]byte, 0, len(standard)+len(custom)+16), tagObject)
	out = append(out, 0x80, 0x80, 0)
	count := standard.len() + custom.len()
	body, _ := standard.body()
	out = append(out, body...)
	body, _ = custom.body()
	out = append(out, body...)
	for _, c := range s.claims[:s.seen] {
		if n, err := encodeJSON(c.value); err == nil {
			out = append(appendString(out, c.name), n...)
			count++
		}
	}
	putCount(out[at+sizeBytes:], count)
	return closed(out, at)
}

func (c callee) setClaim(call goja.FunctionCall) goja.Value {
	key := call.Argument(0).String()
	if reserved(key) {
		c.effect(Op{Kind: OpClaim, Key: key, Value: c.attempt(call.Argument(1))})
		return goja.Undefined()
	}
	value := c.export("claim "+quote(key), call.Argument(1))
	c.effect(Op{Kind: OpClaim, Key: key, Value: value})
	return goja.Undefined()
}

func quote(s string) string { return string(appendJSONString(nil, cut(s, 100))) }

func (c callee) appendLogIntoClaims(call goja.FunctionCall) goja.Value {
	c.effect(Op{Kind: OpLogClaim, Value: []byte(call.Argument(0).String())})
	return goja.Undefined()
}

// keyed reads the arguments of the metadata functions.
func (c callee) keyed(call goja.FunctionCall) (key string, value goja.Value) {
	if len(call.Arguments) != 2 {
		c.refuse("exactly 2 (key, value) arguments expected")
	}
	text, ok := call.Arguments[0].(goja.String)
	if !ok {
		if box, isBox := call.Arguments[0].Export().(stringBox); isBox {
			return string(box), call.Arguments[1]
		}
		c.refuse("key must be a string")
	}
	return text.String(), call.Arguments[1]
}

func (c callee) setMetadata(call goja.FunctionCall) goja.Value {
	key, value := c.keyed(call)
	c.effect(Op{Kind: OpWrite, Key: key, Value: c.export("metadata "+quote(key), value)})
	return goja.Undefined()
}

func (c callee) appendMetadata(call goja.FunctionCall) goja.Value {
	key, value := c.keyed(call)
	c.effect(Op{Kind: OpMetadata, Key: key, Index: len(c.state.entries), Value: c.export("metadata "+quote(key), value)})
	return goja.Undefined()
}

func (c callee) appendMetadataRaw(call goja.FunctionCall) goja.Value {
	key, value := c.keyed(call)
	stored, why := c.rawBytes(value)
	if why != "" {
		c.refuse(why)
	}
	c.effect(Op{Kind: OpMetadata, Key: key, Index: len(c.state.entries), Value: stored})
	return goja.Undefined()
}

// rawBytes reads a text, a Uint8Array or an array of bytes.
func (c callee) rawBytes(v goja.Value) (stored []byte, why string) {
	const wrong = "value must be a string, a Uint8Array or an array of numbers from 0 to 255"
	switch x := v.Export().(type) {
	case string:
		stored = []byte(x)
	case stringBox:
		stored = []byte(x)
	case []byte:
		stored = append(stored, x...)
	case []any:
		for _, item := range x {
			n, ok := item.(int64)
			if !ok || n < 0 || n > 255 {
				return nil, wrong
			}
			stored = append(stored, byte(n))
		}
	default:
		return nil, wrong
	}
	if len(stored) == 0 {
		return nil, "value must not be empty"
	}
	return stored, ""
}

func (c callee) setCustomAttribute(call goja.FunctionCall) goja.Value {
	a := attributeJSON{NameFormat: attributeText(call.Argument(1)), Values: []string{}}
	for i := 2; i < len(call.Arguments); i++ {
		a.Values = append(a.Values, attributeText(call.Arguments[i]))
	}
	value, _ := json.Marshal(a)
	c.effect(Op{Kind: OpAttribute, Key: call.Argument(0).String(), Value: value})
	return goja.Undefined()
}

func attributeText(v goja.Value) string {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return ""
	}
	return v.String()
}

func (c callee) grantOrgMetadata(goja.FunctionCall) goja.Value {
	return c.value(metadataListType, c.state.orgMetadata(c.on.n.find(grantOwner).string()))
}

// grantOwner is the number of the grant's member userGrantResourceOwner.
const grantOwner = 3

func (c callee) getClaim(call goja.FunctionCall) goja.Value {
	claims := c.state.idTokenClaims(c.on.n.find(c.on.t.index[c.m.Name]))
	return c.any(claims.member(call.Argument(0).String()))
}

func (c callee) claimsJSON(goja.FunctionCall) goja.Value {
	n := c.state.idTokenClaims(c.on.n.find(c.on.t.index[c.m.Name]))
	switch n.tag() {
	case tagNull:
		return c.vm.ToValue("")
	case tagString:
		return c.vm.ToValue(n.string())
	}
	return c.vm.ToValue(string(appendJSON(nil, n)))
}

// freshMetadata is the SAML trigger's list: it holds what was written before.
func (c callee) freshMetadata(goja.FunctionCall) goja.Value {
	list := c.state.userMetadata()
	if len(c.state.writes) == 0 {
		return c.value(metadataListType, list)
	}
	return c.value(metadataListType, c.state.withWrites(list))
}

// withWrites returns the metadata list with what the chain wrote.
func (s *State) withWrites(list node) node {
	latest := map[string]string{}
	var order []string
	for _, w := range s.writes {
		if _, ok := latest[w.Key]; !ok {
			order = append(order, w.Key)
		}
		latest[w.Key] = w.Value
	}
	out, at := open(nil, tagRecord)
	var entries []byte
	count := 0
	list.find(3).items(func(n node) {
		key := n.find(4).string()
		value, changed := latest[key]
		if !changed {
			value = n.find(5).string()
		}
		delete(latest, key)
		entries = appendEntry(entries, n, key, value)
		count++
	})
	for _, key := range order {
		if value, ok := latest[key]; ok {
			entries = appendEntry(entries, nil, key, value)
			count++
		}
	}
	out = appendNumber(append(out, 0), float64(count))
	if n := list.find(1); len(n) > 0 {
		out = append(append(out, 1), n...)
	}
	if n := list.find(2); len(n) > 0 {
		out = append(append(out, 2), n...)
	}
	out = append(out, 3)
	out, inner := open(out, tagArray)
	out = append(out, 0x80, 0x80, 0)
	putCount(out[inner+sizeBytes:], count)
	out = closed(append(out, entries...), inner)
	return closed(out, at)
}

func appendEntry(b []byte, old node, key, value string) []byte {
	b, at := open(b, tagRecord)
	for i := range 4 {
		if n := old.find(i); len(n) > 0 {
			b = append(append(b, byte(i)), n...)
		}
	}
	b = appendString(append(b, 4), key)
	b = appendString(append(b, 5), value)
	return closed(b, at)
}
