package script

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
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

// ownMemory is the resident memory of this process.
func ownMemory() uint64 { return statusValue("/proc/self/status", "VmRSS:") }

func residentPeak(pid int) uint64 { return statusValue(fmt.Sprintf("/proc/%d/status", pid), "VmHWM:") }

func statusValue(file, name string) uint64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	_, rest, ok := bytes.Cut(text, []byte(name))
	if !ok {
		return 0
	}
	n, _ := strconv.ParseUint(string(bytes.Fields(rest)[0]), 10, 64)
	return n << 10
}

// children lists the processes that this one started.
func children() (pids []int) {
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		text, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(text)) {
			pid, _ := strconv.Atoi(field)
			pids = append(pids, pid)
		}
	}
	return pids
}

// killOne kills one child that is not among those to be spared.
func killOne(spared []int) int {
	pids := slices.DeleteFunc(children(), func(pid int) bool { return slices.Contains(spared, pid) })
	if len(pids) == 0 {
		return 0
	}
	if syscall.Kill(pids[rand.IntN(len(pids))], syscall.SIGKILL) != nil {
		return 0
	}
	return 1
}
