//go:build unix

package worker

import (
	"io"
	"os"
	"syscall"

	"flowbench/script/wire"
)

// channel is the worker's end of the socket pair, blocking.
func channel() (io.ReadWriter, error) {
	syscall.CloseOnExec(wire.ChannelFD)
	return descriptor(wire.ChannelFD), nil
}

// descriptor reads and writes without the poller and its locks: only one
// goroutine uses it at a time.
type descriptor int

func (d descriptor) Read(b []byte) (int, error) {
	for {
		n, err := syscall.Read(int(d), b)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (d descriptor) Write(b []byte) (int, error) {
	for done := 0; done < len(b); {
		n, err := syscall.Write(int(d), b[done:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return done, os.NewSyscallError("write", err)
		}
		done += n
	}
	return len(b), nil
}
