//go:build unix

package script

import (
	"io"
	"os"
	"syscall"
)

// startConnected starts the worker with its end of a socket pair as descriptor
// wire.ChannelFD. Both ends stay blocking: a round trip through the poller
// costs more than the thread that waits.
func startConnected(p *process) error {
	syscall.ForkLock.RLock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return os.NewSyscallError("socketpair", err)
	}
	near := os.NewFile(uintptr(fds[0]), "script worker")
	far := os.NewFile(uintptr(fds[1]), "script worker, far end")
	defer far.Close()
	p.cmd.ExtraFiles = []*os.File{far}
	box, file, err := newMailbox()
	if err != nil {
		_ = near.Close()
		return err
	}
	if p.box = box; file != nil {
		defer file.Close()
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, file)
	}
	p.cmd.SysProcAttr = attributes()
	if err := p.cmd.Start(); err != nil {
		_ = near.Close()
		return err
	}
	p.end = near
	return nil
}

// hangUp ends a read that waits; what the worker wrote before stays readable.
func hangUp(end io.ReadWriteCloser) {
	_ = syscall.Shutdown(int(end.(*os.File).Fd()), syscall.SHUT_RDWR)
}
