package worker

import (
	"runtime/metrics"
	"sync"
	"time"

	"flowbench/script/wire"
)

// Times of the watch.
const (
	watchFirst = time.Millisecond // most runs are over by then
	watchEvery = time.Millisecond
	stubborn   = 50 * time.Millisecond // in which a run must heed an interrupt for memory
	abandoned  = 2 * time.Second       // after a limit at which the server would have killed
)

const liveHeap = "/gc/heap/live:bytes"

// watch looks after a run from outside: it sends what waits to be sent, and it
// ends the process when native code goes on although memory or time is used
// up.
type watch struct {
	soft  uint64
	flush func() error

	mu       sync.Mutex
	timer    *time.Timer
	running  bool
	deadline time.Time
	over     time.Time // since when memory is used up
	sample   [1]metrics.Sample
}

func newWatch(soft uint64, flush func() error) *watch {
	w := &watch{soft: soft, flush: flush}
	w.sample[0].Name = liveHeap
	w.timer = time.AfterFunc(time.Hour, w.tick)
	w.timer.Stop()
	return w
}

func (w *watch) begin(limit time.Duration) {
	w.mu.Lock()
	w.running = true
	w.over = time.Time{}
	w.deadline = time.Now().Add(limit)
	w.mu.Unlock()
	w.timer.Reset(watchFirst)
}

func (w *watch) phase(limit time.Duration) {
	w.mu.Lock()
	w.deadline = time.Now().Add(limit)
	w.mu.Unlock()
}

func (w *watch) end() {
	w.timer.Stop()
	w.mu.Lock()
	w.running = false
	w.mu.Unlock()
}

func (w *watch) tick() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.running {
		return
	}
	_ = w.flush()
	now := time.Now()
	if now.Sub(w.deadline) > abandoned {
		exit(wire.ExitTimeout)
	}
	metrics.Read(w.sample[:])
	switch {
	case w.sample[0].Value.Uint64() <= w.soft:
		w.over = time.Time{}
	case w.over.IsZero():
		w.over = now
	case now.Sub(w.over) > stubborn:
		exit(wire.ExitMemory)
	}
	w.timer.Reset(watchEvery)
}
