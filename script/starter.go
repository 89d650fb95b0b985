package script

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"

	"flowbench/script/wire"
)

// errNested stops a binary that forgot worker.Enter from starting itself for
// ever.
var errNested = errors.New("worker.Enter is not the first statement of main or TestMain")

// starter starts all processes of an engine from one operating system thread:
// Linux ends a worker when the thread that started it is gone, which must not
// happen before the engine is closed.
type starter struct {
	work chan func()
	quit chan struct{}
}

func newStarter() *starter {
	s := &starter{work: make(chan func()), quit: make(chan struct{})}
	go s.loop()
	return s
}

func (s *starter) loop() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for {
		select {
		case f := <-s.work:
			f()
		case <-s.quit:
			return
		}
	}
}

func (s *starter) close() { close(s.quit) }

func (s *starter) start(p *process, softMemory uint64) error {
	if os.Getenv(wire.ProcessMark) != "" {
		return errNested
	}
	path, err := executable()
	if err != nil {
		return err
	}
	p.cmd = &exec.Cmd{Path: path, Args: []string{wire.ProcessName}, Env: environment(softMemory), Stderr: p.stderr}
	result := make(chan error, 1)
	select {
	case s.work <- func() { result <- startConnected(p) }:
		return <-result
	case <-s.quit:
		return errClosed
	}
}

// environment gives the worker nothing but the time zone: scripts must not
// come near the server's secrets, even by a bug.
func environment(softMemory uint64) []string {
	env := []string{
		wire.ProcessMark + "=1",
		wire.SoftMemory + "=" + strconv.FormatUint(softMemory, 10),
		"GOTRACEBACK=single",
		// Each thread of the C library would reserve 64 MiB of the address space
		// that is the script's bound.
		"MALLOC_ARENA_MAX=1",
	}
	for _, name := range []string{"TZ", "ZONEINFO"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}
