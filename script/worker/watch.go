package worker

import (
	"runtime/metrics"
	"sync"
	"time"

	"flowbench/models"
	"flowbench/script/wire"
)

// Times of the watch.
const (
	watchEvery = time.Millisecond
	watchIdle  = 20                    // rounds without a run until it rests
	stubborn   = 50 * time.Millisecond // in which a run must heed an interrupt for memory
	abandoned  = 2 * time.Second       // after a limit at which the server would have killed
)

const liveHeap = "/gc/heap/live:bytes"

// watch looks after the runs from a thread of its own that sleeps and looks,
// again and again: a timer for each run would wake a thread each time. It
// interrupts what has used up time or memory, sends what waits to be sent,
// and ends the process when native code does not heed an interrupt.
type watch struct {
	soft  uint64
	flush func() error
	wake  chan struct{} // of one

	mu        sync.Mutex
	running   bool
	resting   bool
	seen      bool // the run was there at the last look
	idle      int
	deadline  time.Time
	interrupt func(models.OutcomeKind)
	told      bool      // the run was interrupted for time
	over      time.Time // since when memory is used up
	sample    [1]metrics.Sample
}

func newWatch(soft uint64, flush func() error) *watch {
	w := &watch{soft: soft, flush: flush, wake: make(chan struct{}, 1)}
	w.sample[0].Name = liveHeap
	go w.loop()
	return w
}

// begin starts to look after something that must end by a limit.
func (w *watch) begin(limit time.Duration) {
	w.mu.Lock()
	w.running, w.seen, w.told, w.interrupt = true, false, false, nil
	w.over = time.Time{}
	w.deadline = time.Now().Add(limit)
	rests := w.resting
	w.resting = false
	w.mu.Unlock()
	if rests {
		w.wake <- struct{}{}
	}
}

func (w *watch) end() {
	w.mu.Lock()
	w.running, w.interrupt = false, nil
	w.mu.Unlock()
}

// Begin implements vm.Watch.
func (w *watch) Begin(limit time.Duration, interrupt func(models.OutcomeKind)) {
	w.mu.Lock()
	w.interrupt, w.deadline = interrupt, time.Now().Add(limit)
	w.mu.Unlock()
}

// Called implements vm.Watch.
func (w *watch) Called(limit time.Duration) {
	w.mu.Lock()
	w.deadline, w.told = time.Now().Add(limit), false
	w.mu.Unlock()
}

// End implements vm.Watch.
func (w *watch) End() {
	w.mu.Lock()
	w.interrupt = nil
	w.mu.Unlock()
}

func (w *watch) loop() {
	for {
		pause(watchEvery)
		if w.look() {
			<-w.wake
		}
	}
}

// look is one round; it reports whether there is nothing to look after.
func (w *watch) look() (rest bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.running {
		w.idle++
		w.resting = w.idle > watchIdle
		return w.resting
	}
	w.idle = 0
	if !w.seen {
		w.seen = true
		return false
	}
	_ = w.flush()
	now := time.Now()
	w.lookAtTime(now)
	w.lookAtMemory(now)
	return false
}

func (w *watch) lookAtTime(now time.Time) {
	switch late := now.Sub(w.deadline); {
	case late > abandoned:
		exit(wire.ExitTimeout)
	case late >= 0 && !w.told && w.interrupt != nil:
		w.told = true
		w.interrupt(models.OutcomeTimeout)
	}
}

// lookAtMemory goes by the last collection: garbage does not count.
func (w *watch) lookAtMemory(now time.Time) {
	metrics.Read(w.sample[:])
	switch {
	case w.sample[0].Value.Uint64() <= w.soft:
		w.over = time.Time{}
	case w.over.IsZero():
		w.over = now
		if w.interrupt != nil {
			w.interrupt(models.OutcomeMemory)
		}
	case now.Sub(w.over) > stubborn:
		exit(wire.ExitMemory)
	}
}
