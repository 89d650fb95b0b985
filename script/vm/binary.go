package vm

import (
	"encoding/binary"
	"math"
	"time"
)

// The compact form of a context: a tag, then the value. Arrays, objects and
// records carry their size, so that a part nobody reads is skipped in one step.
const (
	tagNull   = iota
	tagFalse  // no more bytes
	tagTrue   // no more bytes
	tagInt    // zigzag varint
	tagFloat  // 8 bytes
	tagString // uvarint length, bytes
	tagArray  // size, uvarint count, values
	tagObject // size, uvarint count, (string, value)…
	tagRecord // size, (member number, value)…
	tagUnion  // number of the alternative, record
	tagTime   // zigzag varint seconds, uvarint nanoseconds
	tagRef    // uvarint length, key: metadata of that organization
)

const sizeBytes = 4

// node is an encoded value: the bytes from its tag on. An empty node stands
// for a value that is not there.
type node []byte

func (n node) tag() byte {
	if len(n) == 0 {
		return tagNull
	}
	return n[0]
}

func (n node) null() bool { return n.tag() == tagNull }

// size returns how many bytes the first value of n takes.
func (n node) size() int {
	switch n[0] {
	case tagInt:
		_, w := binary.Varint(n[1:])
		return 1 + w
	case tagFloat:
		return 9
	case tagString, tagRef:
		l, w := binary.Uvarint(n[1:])
		return 1 + w + int(l)
	case tagArray, tagObject, tagRecord:
		return 1 + sizeBytes + int(binary.LittleEndian.Uint32(n[1:]))
	case tagUnion:
		return 2 + n[2:].size()
	case tagTime:
		_, w := binary.Varint(n[1:])
		_, v := binary.Uvarint(n[1+w:])
		return 1 + w + v
	}
	return 1
}

func (n node) string() string {
	if t := n.tag(); t != tagString && t != tagRef {
		return ""
	}
	l, w := binary.Uvarint(n[1:])
	return string(n[1+w : 1+w+int(l)])
}

// raw returns the bytes of a string without copying them.
func (n node) raw() []byte {
	if t := n.tag(); t != tagString && t != tagRef {
		return nil
	}
	l, w := binary.Uvarint(n[1:])
	return n[1+w : 1+w+int(l)]
}

func (n node) number() float64 {
	switch n.tag() {
	case tagInt:
		v, _ := binary.Varint(n[1:])
		return float64(v)
	case tagFloat:
		return math.Float64frombits(binary.LittleEndian.Uint64(n[1:]))
	}
	return 0
}

func (n node) bool() bool { return n.tag() == tagTrue }

func (n node) time() time.Time {
	if n.tag() != tagTime {
		return time.Time{}
	}
	sec, w := binary.Varint(n[1:])
	nsec, _ := binary.Uvarint(n[1+w:])
	return time.Unix(sec, int64(nsec)).UTC()
}

// items calls f for each element of an array.
func (n node) items(f func(node)) {
	body, count := n.body()
	for range count {
		s := body.size()
		f(body[:s])
		body = body[s:]
	}
}

// len returns the number of elements of an array or members of an object.
func (n node) len() int {
	if t := n.tag(); t != tagArray && t != tagObject {
		return 0
	}
	_, count := n.body()
	return count
}

func (n node) body() (node, int) {
	if t := n.tag(); t != tagArray && t != tagObject {
		return nil, 0
	}
	body := n[1+sizeBytes:]
	count, w := binary.Uvarint(body)
	return body[w:], int(count)
}

// members calls f for each member of an object.
func (n node) members(f func(key string, value node)) {
	if n.tag() != tagObject {
		return
	}
	body, count := n.body()
	for range count {
		s := body.size()
		key := body[:s].string()
		body = body[s:]
		s = body.size()
		f(key, body[:s])
		body = body[s:]
	}
}

// member returns the member of an object, or an empty node.
func (n node) member(key string) (found node) {
	n.members(func(k string, v node) {
		if k == key {
			found = v
		}
	})
	return found
}

// open starts an array, object or record and returns where its size stands.
func open(b []byte, tag byte) ([]byte, int) {
	b = append(b, tag, 0, 0, 0, 0)
	return b, len(b) - sizeBytes
}

// closed writes the size of what open started.
func closed(b []byte, at int) []byte {
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-sizeBytes))
	return b
}

func appendString(b []byte, s string) []byte {
	b = append(b, tagString)
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendNumber(b []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && i > -1<<53 && i < 1<<53 && !(i == 0 && math.Signbit(f)) {
		return binary.AppendVarint(append(b, tagInt), i)
	}
	return binary.LittleEndian.AppendUint64(append(b, tagFloat), math.Float64bits(f))
}

func appendTime(b []byte, t time.Time) []byte {
	b = binary.AppendVarint(append(b, tagTime), t.Unix())
	return binary.AppendUvarint(b, uint64(t.Nanosecond()))
}

// find returns a member of a record without calling anything; the last one of
// its number wins.
func (n node) find(i int) (found node) {
	if len(n) == 0 || n[0] != tagRecord {
		return nil
	}
	for body := n[1+sizeBytes:]; len(body) > 0; {
		s := 1 + body[1:].size()
		if int(body[0]) == i {
			found = body[1:s]
		}
		body = body[s:]
	}
	return found
}
