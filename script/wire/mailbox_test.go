package wire_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"flowbench/script/wire"
)

// pair is a worker's and a server's end over one buffer, with shared memory.
func pair() (worker, server *wire.Conn, box *wire.Mailbox) {
	var line bytes.Buffer
	box = wire.NewMailbox(make([]byte, wire.MailboxSize))
	worker = wire.NewConn(duplex{nil, &line})
	worker.WriteThrough(box)
	return worker, wire.NewConn(duplex{&line, nil}), box
}

func put(t *testing.T, c *wire.Conn, payload string) {
	t.Helper()
	if err := c.Put(wire.Effect, func(b []byte) []byte { return append(b, payload...) }); err != nil {
		t.Fatal(err)
	}
}

// readAll returns the payloads until the channel is empty.
func readAll(t *testing.T, c *wire.Conn) (list []string) {
	t.Helper()
	for {
		_, payload, err := c.Read()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(payload))
	}
}

func TestWhatWasNotFlushedIsFoundInTheMailbox(t *testing.T) {
	t.Parallel()
	worker, server, box := pair()
	put(t, worker, "flushed")
	if err := worker.Flush(); err != nil {
		t.Fatal(err)
	}
	put(t, worker, "a")
	put(t, worker, "b")
	same(t, readAll(t, server), []string{"flushed"}, nil)
	server.Recover(box)
	same(t, readAll(t, server), []string{"a", "b"}, nil)
	server.Recover(box)
	same(t, readAll(t, server), nil, nil)
}

func TestNothingWaitsAfterAFlush(t *testing.T) {
	t.Parallel()
	worker, server, box := pair()
	put(t, worker, "a")
	if err := worker.Flush(); err != nil {
		t.Fatal(err)
	}
	same(t, readAll(t, server), []string{"a"}, nil)
	server.Recover(box)
	same(t, readAll(t, server), nil, nil)
}

// TestAWriteThatBreaksOff is a worker that died inside its write: the mailbox
// holds the whole, the channel a part.
func TestAWriteThatBreaksOff(t *testing.T) {
	t.Parallel()
	for _, arrived := range []int{0, 1, 5, 7} {
		var line bytes.Buffer
		box := wire.NewMailbox(make([]byte, wire.MailboxSize))
		worker := wire.NewConn(duplex{nil, io.Discard})
		worker.WriteThrough(box)
		put(t, worker, "one")
		put(t, worker, "two")
		whole := wire.NewConn(duplex{nil, &line})
		put(t, whole, "one")
		put(t, whole, "two")
		if err := whole.Flush(); err != nil {
			t.Fatal(err)
		}
		line.Truncate(arrived)
		server := wire.NewConn(duplex{&line, nil})
		if _, _, err := server.Read(); err == nil {
			t.Fatalf("%d bytes made a frame", arrived)
		}
		server.Recover(box)
		same(t, readAll(t, server), []string{"one", "two"}, nil)
	}
}

func TestFramesLargerThanTheMailboxAreWrittenAtOnce(t *testing.T) {
	t.Parallel()
	worker, server, box := pair()
	large := string(bytes.Repeat([]byte("x"), 2*wire.MailboxSize))
	put(t, worker, "before")
	put(t, worker, large)
	put(t, worker, "after")
	same(t, readAll(t, server), []string{"before", large}, nil)
	server.Recover(box)
	same(t, readAll(t, server), []string{"after"}, nil)
}

func TestAForgedMailboxIsHarmless(t *testing.T) {
	t.Parallel()
	for _, word := range [][]byte{
		{255, 255, 255, 255, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0, 0, 0}, {16, 0, 0, 0, 255, 255, 255, 255}, {9, 0, 0, 0, 0, 0, 0, 0},
	} {
		mem := make([]byte, wire.MailboxSize)
		copy(mem, word)
		server := wire.NewConn(duplex{&bytes.Buffer{}, nil})
		server.Recover(wire.NewMailbox(mem))
		if _, _, err := server.Read(); err == nil {
			t.Errorf("%v made a frame", word)
		}
	}
}
