package wire

import (
	"encoding/binary"
	"errors"
	"io"
)

// Kind says what a frame carries.
type Kind uint8

// The kinds of frames; the package comment shows their order.
const (
	Ready Kind = iota + 1
	Chain
	Begun
	Called
	Effect
	Log
	Fetch
	Fetched
	Done
	End
	Check
	Checked
)

// MaxFrame bounds a frame. A worker may be under the control of a script that
// broke out of its runtime, so the server believes no length beyond this.
const MaxFrame = 32 << 20

const (
	headSize   = 5
	firstRead  = 16 << 10
	firstWrite = 4 << 10
	keepSize   = 256 << 10 // larger buffers are given back after use
)

// ErrTooLarge is the answer to a frame beyond MaxFrame.
var ErrTooLarge = errors.New("wire: frame too large")

// Conn reads and writes frames. One goroutine may read while another writes.
type Conn struct {
	rw         io.ReadWriter
	in, out    []byte
	start, end int // of what was read and not yet handed out

	box      *Mailbox
	sent     uint32 // bytes, modulo 2^32
	received uint32
}

// NewConn makes a Conn of one end of a socket pair.
func NewConn(rw io.ReadWriter) *Conn {
	return &Conn{rw: rw, in: make([]byte, firstRead), out: make([]byte, 0, firstWrite)}
}

// Read returns the next frame. The payload is valid until the next Read.
func (c *Conn) Read() (Kind, []byte, error) {
	if err := c.fill(headSize); err != nil {
		return 0, nil, err
	}
	size := int(binary.LittleEndian.Uint32(c.in[c.start:]))
	if size < 1 || size > MaxFrame {
		return 0, nil, ErrTooLarge
	}
	if err := c.fill(4 + size); err != nil {
		return 0, nil, err
	}
	kind, payload := Kind(c.in[c.start+4]), c.in[c.start+headSize:c.start+4+size]
	c.start += 4 + size
	return kind, payload, nil
}

// fill makes sure that n bytes are in the buffer.
func (c *Conn) fill(n int) error {
	if c.end-c.start >= n {
		return nil
	}
	if c.start == c.end {
		c.start, c.end = 0, 0
		if len(c.in) > keepSize {
			c.in = make([]byte, firstRead)
		}
	}
	if c.start+n > len(c.in) {
		c.makeRoom(n)
	}
	for c.end-c.start < n {
		m, err := c.rw.Read(c.in[c.end:])
		c.end += m
		c.received += uint32(m)
		if err != nil && c.end-c.start < n {
			if err == io.EOF && c.end > c.start {
				return io.ErrUnexpectedEOF
			}
			return err
		}
	}
	return nil
}

func (c *Conn) makeRoom(n int) {
	buf := c.in
	if n > len(buf) {
		buf = make([]byte, n)
	}
	c.end = copy(buf, c.in[c.start:c.end])
	c.start = 0
	c.in = buf
}

// Put adds a frame to what the next Flush writes.
func (c *Conn) Put(kind Kind, payload func(b []byte) []byte) error {
	at := len(c.out)
	c.out = append(c.out, 0, 0, 0, 0, byte(kind))
	if payload != nil {
		c.out = payload(c.out)
	}
	size := len(c.out) - at - 4
	if size > MaxFrame {
		c.out = c.out[:at]
		return ErrTooLarge
	}
	binary.LittleEndian.PutUint32(c.out[at:], uint32(size))
	if c.box == nil {
		return nil
	}
	if !c.box.holds(c.out) {
		return c.Flush()
	}
	c.box.publish(c.sent, len(c.out))
	return nil
}

// Pending reports whether there is something to flush.
func (c *Conn) Pending() bool { return len(c.out) > 0 }

// Flush writes the frames that were put.
func (c *Conn) Flush() error {
	if len(c.out) == 0 {
		return nil
	}
	_, err := c.rw.Write(c.out)
	c.sent += uint32(len(c.out))
	switch {
	case c.box != nil:
		c.box.publish(c.sent, 0)
		c.out = c.box.empty()
	case cap(c.out) > keepSize:
		c.out = make([]byte, 0, firstWrite)
	default:
		c.out = c.out[:0]
	}
	return err
}

// WriteThrough makes what is put wait in the mailbox, where the other end finds
// it even if this process dies before it flushes.
func (c *Conn) WriteThrough(box *Mailbox) {
	c.box, c.out = box, box.empty()
}

// Recover takes over what the other end had put and not flushed when it died.
// Read returns it.
func (c *Conn) Recover(box *Mailbox) {
	rest := box.rest(c.received)
	c.received += uint32(len(rest))
	c.in = append(c.in[c.start:c.end:c.end], rest...)
	c.start, c.end = 0, len(c.in)
}

// Send puts one frame and flushes.
func (c *Conn) Send(kind Kind, payload func(b []byte) []byte) error {
	if err := c.Put(kind, payload); err != nil {
		return err
	}
	return c.Flush()
}
