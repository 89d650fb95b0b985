package wire

import (
	"sync/atomic"
	"unsafe"
)

// MailboxSize is the size of the memory that server and worker share.
const MailboxSize = 64 << 10

const mailboxHead = 8

// Mailbox is memory that a worker shares with the server. What the worker has
// put and not yet written to the channel stands in it, so that it need not
// wake the server for each effect of a script and nothing is lost when it is
// killed. The server looks into it only after the worker's end, and believes
// nothing that it finds.
//
// The first eight bytes tell what is there, in one word, so that it is true at
// any moment: how many bytes were written to the channel before, and how many
// wait.
type Mailbox struct{ mem []byte }

// NewMailbox makes a Mailbox of shared memory of MailboxSize bytes.
func NewMailbox(mem []byte) *Mailbox { return &Mailbox{mem} }

func (m *Mailbox) word() *uint64 { return (*uint64)(unsafe.Pointer(unsafe.SliceData(m.mem))) }

// empty is the buffer to append to.
func (m *Mailbox) empty() []byte { return m.mem[mailboxHead:mailboxHead] }

// holds reports whether a buffer is still the mailbox's own, and was not moved
// because it grew.
func (m *Mailbox) holds(buf []byte) bool {
	return unsafe.SliceData(buf) == unsafe.SliceData(m.mem[mailboxHead:])
}

func (m *Mailbox) publish(sent uint32, waiting int) {
	atomic.StoreUint64(m.word(), uint64(sent)<<32|uint64(waiting))
}

// rest returns a copy of what waits behind the bytes that were received.
func (m *Mailbox) rest(received uint32) []byte {
	word := atomic.LoadUint64(m.word())
	sent, waiting := uint32(word>>32), uint32(word)
	skip := received - sent // what was written although the word does not say so yet
	if waiting > MailboxSize-mailboxHead || skip > waiting {
		return nil
	}
	return append([]byte(nil), m.mem[mailboxHead+skip:mailboxHead+waiting]...)
}
