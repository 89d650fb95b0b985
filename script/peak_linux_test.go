package script

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"flowbench/script/sandbox"
)

// watchPeak samples the resident memory of the lane's only worker. The bound
// is what the address space may reach.
func watchPeak(e *engine) func() (most, bound uint64) {
	e.flows.mu.Lock()
	p := e.flows.idle[0]
	e.flows.mu.Unlock()
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			most = max(most, residentPeak(p.cmd.Process.Pid))
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() (uint64, uint64) {
		close(stop)
		return <-done, p.ready.AddressSpace + sandbox.HardMemory
	}
}

func residentPeak(pid int) uint64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, ok := bytes.Cut(text, []byte("VmHWM:"))
	if !ok {
		return 0
	}
	n, _ := strconv.ParseUint(string(bytes.Fields(rest)[0]), 10, 64)
	return n << 10
}
