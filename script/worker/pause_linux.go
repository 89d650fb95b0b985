package worker

import (
	"syscall"
	"time"
)

// pause sleeps without the runtime's timers.
func pause(d time.Duration) {
	t := syscall.NsecToTimespec(int64(d))
	_ = syscall.Nanosleep(&t, nil)
}
