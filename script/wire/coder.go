package wire

import (
	"encoding/binary"
	"errors"
	"time"
)

// ErrMalformed is the answer to a payload that does not hold what its kind
// says.
var ErrMalformed = errors.New("wire: malformed payload")

func putUint(b []byte, v uint64) []byte { return binary.AppendUvarint(b, v) }

func putInt(b []byte, v int) []byte { return binary.AppendVarint(b, int64(v)) }

func putDuration(b []byte, v time.Duration) []byte { return binary.AppendVarint(b, int64(v)) }

func putBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func putText[T ~string | ~[]byte](b []byte, v T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

func putList[T any](b []byte, list []T, put func([]byte, T) []byte) []byte {
	b = putUint(b, uint64(len(list)))
	for _, item := range list {
		b = put(b, item)
	}
	return b
}

func putHeader(b []byte, header map[string][]string) []byte {
	b = putUint(b, uint64(len(header)))
	for name, values := range header {
		b = putText(b, name)
		b = putList(b, values, putText[string])
	}
	return b
}

// decoder takes a payload apart. The first fault sticks, so that callers look
// once, at the end.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	return advance(d, v, n)
}

func (d *decoder) signed() int64 {
	v, n := binary.Varint(d.b)
	return advance(d, v, n)
}

func (d *decoder) int() int { return int(d.signed()) }

func (d *decoder) duration() time.Duration { return time.Duration(d.signed()) }

func advance[T uint64 | int64](d *decoder, v T, n int) T {
	if d.bad || n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bool() bool { return d.byte() != 0 }

func (d *decoder) byte() byte {
	if d.bad || len(d.b) == 0 {
		d.bad = true
		return 0
	}
	v := d.b[0]
	d.b = d.b[1:]
	return v
}

// view returns bytes that share memory with the payload.
func (d *decoder) view() []byte {
	n := d.uint()
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	v := d.b[:n:n]
	d.b = d.b[n:]
	return v
}

func (d *decoder) text() string { return string(d.view()) }

// bytes returns a copy that outlives the payload; nothing is nil.
func (d *decoder) bytes() []byte { return append([]byte(nil), d.view()...) }

// list decodes a counted list. It grows with what is really there, so that a
// wrong count cannot make it allocate.
func list[T any](d *decoder, item func(*decoder) T) []T {
	n := d.uint()
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	if n == 0 {
		return nil
	}
	out := make([]T, 0, min(n, 64))
	for range n {
		out = append(out, item(d))
		if d.bad {
			return nil
		}
	}
	return out
}

func (d *decoder) header() map[string][]string {
	n := d.uint()
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	h := make(map[string][]string, min(n, 64))
	for range n {
		name := d.text()
		h[name] = list(d, (*decoder).text)
		if d.bad {
			return nil
		}
	}
	return h
}

func (d *decoder) err() error {
	if d.bad || len(d.b) != 0 {
		return ErrMalformed
	}
	return nil
}
