package vm

import (
	"bytes"
	"slices"

	"github.com/dop251/goja"
)

// openMap is an object of the context whose member names are not known
// beforehand: claims, decoded metadata, forms, headers. Members are made when
// they are first read; scripts may change everything.
type openMap struct {
	run   *run
	elem  *Type
	n     node
	slots []goja.Value          // by number, once read or changed
	gone  map[int]bool          // removed members by number
	more  map[string]goja.Value // what the script added
	added []string
	index map[string]int // of large maps
}

// indexFrom is the size from which on a map gets an index.
const indexFrom = 32

func (r *run) openMap(elem *Type, n node) goja.Value {
	return r.vm.NewDynamicObject(&openMap{run: r, elem: elem, n: n})
}

// find returns number and value of a member; the last of its name counts, as
// in JSON.
func (o *openMap) find(name string) (int, node) {
	if o.n.len() >= indexFrom {
		return o.findIndexed(name)
	}
	body, count := o.n.body()
	at, found := -1, node(nil)
	for i := range count {
		s := body.size()
		key := body[:s]
		body = body[s:]
		s = body.size()
		if string(key.raw()) == name {
			at, found = i, body[:s]
		}
		body = body[s:]
	}
	if at >= 0 && o.gone[at] {
		return -1, nil
	}
	return at, found
}

func (o *openMap) findIndexed(name string) (int, node) {
	if o.index == nil {
		o.index = make(map[string]int, o.n.len())
		i, offset := 0, 0
		o.n.members(func(key string, v node) {
			offset += len(appendString(nil, key))
			o.index[key] = i<<32 | offset
			offset += len(v)
			i++
		})
	}
	at, ok := o.index[name]
	if !ok || o.gone[at>>32] {
		return -1, nil
	}
	body, _ := o.n.body()
	v := body[at&(1<<32-1):]
	return at >> 32, v[:v.size()]
}

// Get returns a member, nil if there is none of that name.
func (o *openMap) Get(name string) goja.Value {
	if v, ok := o.more[name]; ok {
		return v
	}
	i, n := o.find(name)
	if i < 0 {
		return nil
	}
	if o.slots == nil {
		o.slots = make([]goja.Value, o.n.len())
	}
	if o.slots[i] == nil {
		o.slots[i] = o.run.value(o.elem, n)
	}
	return o.slots[i]
}

// Set changes or adds a member.
func (o *openMap) Set(name string, v goja.Value) bool {
	if i, _ := o.find(name); i >= 0 {
		if o.slots == nil {
			o.slots = make([]goja.Value, o.n.len())
		}
		o.slots[i] = v
		return true
	}
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
func (o *openMap) Has(name string) bool {
	if _, ok := o.more[name]; ok {
		return true
	}
	i, _ := o.find(name)
	return i >= 0
}

// Delete removes a member.
func (o *openMap) Delete(name string) bool {
	if _, ok := o.more[name]; ok {
		delete(o.more, name)
		o.added = slices.DeleteFunc(o.added, func(a string) bool { return a == name })
		return true
	}
	if i, _ := o.find(name); i >= 0 {
		if o.gone == nil {
			o.gone = map[int]bool{}
		}
		o.gone[i] = true
	}
	return true
}

// Keys returns the names of the members that are there.
func (o *openMap) Keys() []string {
	keys := make([]string, 0, o.n.len()+len(o.added))
	i := 0
	o.n.members(func(key string, _ node) {
		if at, _ := o.find(key); at == i {
			keys = append(keys, key)
		}
		i++
	})
	return append(keys, o.added...)
}

// untouched reports whether a map is still what the context says.
func (o *openMap) untouched() bool {
	return o.slots == nil && o.gone == nil && o.more == nil
}

// named is a member of an encoded object.
type named struct {
	key   []byte
	value node
}

// appendSorted writes an encoded plain value as JSON with members in the order
// of their names, which is how the reference writes what scripts hand over.
func appendSorted(b []byte, n node) []byte {
	switch n.tag() {
	case tagArray:
		b = append(b, '[')
		body, count := n.body()
		for i := range count {
			if i > 0 {
				b = append(b, ',')
			}
			s := body.size()
			b = appendSorted(b, body[:s])
			body = body[s:]
		}
		return append(b, ']')
	case tagObject:
		return appendSortedObject(b, n)
	}
	return appendJSON(b, n)
}

func appendSortedObject(b []byte, n node) []byte {
	var room [16]named
	list := room[:0]
	body, count := n.body()
	for range count {
		s := body.size()
		key := body[:s].raw()
		body = body[s:]
		s = body.size()
		list = append(list, named{key, body[:s]})
		body = body[s:]
	}
	slices.SortStableFunc(list, func(x, y named) int { return bytes.Compare(x.key, y.key) })
	b = append(b, '{')
	first := true
	for i, m := range list {
		if i+1 < len(list) && bytes.Equal(m.key, list[i+1].key) {
			continue
		}
		b = comma(b, &first)
		b = append(appendJSONString(b, string(m.key)), ':')
		b = appendSorted(b, m.value)
	}
	return append(b, '}')
}
