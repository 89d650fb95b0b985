package script

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"

	"flowbench/script/wire"
)

// newMailbox makes the memory that a worker shares with the server, and the
// file through which the worker gets it. Nobody can change its size, which
// would end whoever reads it.
func newMailbox() (*wire.Mailbox, *os.File, error) {
	fd, err := unix.MemfdCreate("script mailbox", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, nil, os.NewSyscallError("memfd_create", err)
	}
	file := os.NewFile(uintptr(fd), "script mailbox")
	if err := file.Truncate(wire.MailboxSize); err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
	mem, err := unix.Mmap(fd, 0, wire.MailboxSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		_ = file.Close()
		return nil, nil, os.NewSyscallError("mmap", err)
	}
	box := wire.NewMailbox(mem)
	// A run may look into it after the process was reaped.
	runtime.AddCleanup(box, func(mem []byte) { _ = unix.Munmap(mem) }, mem)
	return box, file, nil
}
