package worker

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"

	"flowbench/script/sandbox"
	"flowbench/script/wire"
)

// What a worker may use before the sandbox's hard limit ends it.
const (
	gcPercent   = 400
	maxStack    = 256 << 20
	memoryLimit = 96 << 20
)

// Enter turns the process into a worker if it was started as one, and never
// returns then. It must be the first statement of main, and of every TestMain
// of a package whose tests run scripts.
func Enter() {
	if len(os.Args) == 0 || os.Args[0] != wire.ProcessName || os.Getenv(wire.ProcessMark) == "" {
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "script worker:", err)
		exit(1)
	}
	exit(0)
}

// exit skips what others hang on to the end of a process: there is nothing to
// write to.
func exit(code int) { syscall.Exit(code) }

func serve() error {
	soft, err := strconv.ParseUint(os.Getenv(wire.SoftMemory), 10, 64)
	if err != nil {
		return err
	}
	tune(soft)
	rw, err := channel()
	if err != nil {
		return err
	}
	w := newWorker(rw, soft, mailbox())
	startThreads()
	report := sandbox.Close()
	ready := wire.ReadyMessage{AddressSpace: report.AddressSpace}
	for _, l := range report.Layers {
		ready.Layers = append(ready.Layers, wire.Layer(l))
	}
	if err := w.conn.Send(wire.Ready, ready.Append); err != nil {
		return err
	}
	return w.loop()
}

// tune gives the collector few reasons to run in a short script and many in a
// greedy one. Of three processors one is for the script, one for the watch, and
// one stays idle, or the scheduler would take the script's away whenever it
// waits for the server.
func tune(soft uint64) {
	runtime.GOMAXPROCS(3)
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(int64(soft) + memoryLimit - 64<<20)
	debug.SetMaxStack(maxStack)
}

// threads is how many the runtime may need at a time: for the script, the
// collector, the watch, and for waiting.
const threads = 6

// startThreads lets the runtime start its threads before the address space is
// bounded: their stacks would count as the script's memory.
func startThreads() {
	var started, done sync.WaitGroup
	release := make(chan struct{})
	for range threads {
		started.Add(1)
		done.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			started.Done()
			<-release
		})
	}
	started.Wait()
	close(release)
	done.Wait()
}
