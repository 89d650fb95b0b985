package worker

import (
	"golang.org/x/sys/unix"

	"flowbench/script/wire"
)

// mailbox maps the memory that the server gave, nil if it gave none.
func mailbox() *wire.Mailbox {
	defer unix.Close(wire.MailboxFD)
	mem, err := unix.Mmap(wire.MailboxFD, 0, wire.MailboxSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil
	}
	return wire.NewMailbox(mem)
}
