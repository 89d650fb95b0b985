//go:build unix

package script

import (
	"os"
	"syscall"
)

// endedBySignal reports whether the process was killed.
func endedBySignal(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGKILL || status.Signal() == syscall.SIGTERM)
}
