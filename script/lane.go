package script

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Endings of a wait for a worker.
var (
	errBusy   = errors.New("no worker became free in time")
	errFull   = errors.New("too many runs are waiting")
	errClosed = errors.New("the script engine is closed")
)

// lane is a set of workers and the queue in front of them. Flow runs and test
// runs have one each, so that neither can take the other's workers.
type lane struct {
	size  int // workers at most
	share int // of them, one organization at a time
	queue int // waiting at most
	start func() (*process, error)
	log   *slog.Logger

	replaced func() // called for each worker that is lost

	mu       sync.Mutex
	idle     []*process // the last used one is last: its caches are warm
	live     int        // processes alive or being started
	held     map[string]int
	waiting  []*waiter // first come, first
	respawns int
	closed   bool

	all sync.WaitGroup // one for each process, from before its start until it is reaped
}

type waiter struct {
	org string
	got chan *process // of one; nil when the lane is closed
}

// acquire waits until a worker is free and the organization's share permits,
// at most for the given time.
func (l *lane) acquire(ctx context.Context, org string, wait time.Duration) (*process, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w, p, err := l.enter(org)
	if w == nil {
		return p, err
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case p = <-w.got:
		if p == nil {
			return nil, errClosed
		}
		return p, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = errBusy
	}
	l.leave(w)
	return nil, err
}

// enter takes an idle worker or joins the queue.
func (l *lane) enter(org string) (*waiter, *process, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, nil, errClosed
	}
	if l.held[org] < l.share {
		if p := l.takeIdle(); p != nil {
			l.held[org]++
			return nil, p, nil
		}
	}
	if len(l.waiting) >= l.queue || l.waitingOf(org) >= max(1, l.queue/4) {
		return nil, nil, errFull
	}
	w := &waiter{org: org, got: make(chan *process, 1)}
	l.waiting = append(l.waiting, w)
	l.grow()
	return w, nil, nil
}

func (l *lane) takeIdle() *process {
	for n := len(l.idle); n > 0; n = len(l.idle) {
		p := l.idle[n-1]
		l.idle = l.idle[:n-1]
		if p.alive() {
			return p
		}
	}
	return nil
}

func (l *lane) waitingOf(org string) (n int) {
	for _, w := range l.waiting {
		if w.org == org {
			n++
		}
	}
	return n
}

// leave gives up waiting; a worker that was handed over meanwhile goes back.
func (l *lane) leave(w *waiter) {
	l.mu.Lock()
	for i, other := range l.waiting {
		if other == w {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			l.mu.Unlock()
			return
		}
	}
	l.mu.Unlock()
	if p := <-w.got; p != nil {
		l.release(w.org, p)
	}
}

// release gives a worker back. One that is gone or spoilt is replaced.
func (l *lane) release(org string, p *process) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[org]--; l.held[org] <= 0 {
		delete(l.held, org)
	}
	if p.alive() && !l.closed {
		l.idle = append(l.idle, p)
	}
	l.serve()
}

// serve hands idle workers to those who wait: to the organization that holds
// the fewest, among these to the first that came.
func (l *lane) serve() {
	for {
		i := l.next()
		if i < 0 {
			return
		}
		p := l.takeIdle()
		if p == nil {
			l.grow()
			return
		}
		w := l.waiting[i]
		l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
		l.held[w.org]++
		w.got <- p
	}
}

func (l *lane) next() int {
	best := -1
	for i, w := range l.waiting {
		held := l.held[w.org]
		if held < l.share && (best < 0 || held < l.held[l.waiting[best].org]) {
			best = i
		}
	}
	return best
}

// grow starts a worker in the background when somebody waits for one.
func (l *lane) grow() {
	if !l.closed && l.live < l.size && l.next() >= 0 {
		l.live++
		l.all.Add(1)
		go l.spawn()
	}
}

// spawn starts one worker, again and again if that fails: those who wait are
// told by their own limits.
func (l *lane) spawn() {
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		p, err := l.start()
		if err == nil {
			l.arrived(p)
			return
		}
		if l.isClosed() {
			l.all.Done()
			return
		}
		l.log.Error("script worker does not start", "error", err)
		time.Sleep(pause)
	}
}

func (l *lane) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

func (l *lane) arrived(p *process) {
	go l.watch(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		p.kill()
		return
	}
	l.idle = append(l.idle, p)
	l.serve()
}

// watch replaces a worker that ended, whoever ended it.
func (l *lane) watch(p *process) {
	<-p.dead
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, other := range l.idle {
		if other == p {
			l.idle = append(l.idle[:i], l.idle[i+1:]...)
			break
		}
	}
	if l.closed {
		l.live--
		l.all.Done()
		return
	}
	l.respawns++
	l.replaced()
	go l.spawn()
}

// close ends all idle workers and sends those who wait away. Workers that run
// end when their runs are cancelled; all tells when everything is gone.
func (l *lane) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, w := range l.waiting {
		w.got <- nil
	}
	l.waiting = nil
	for _, p := range l.idle {
		p.kill()
	}
	l.idle = nil
}

func (l *lane) stats() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := Stats{Workers: l.live, Queue: len(l.waiting), Respawns: l.respawns}
	for _, n := range l.held {
		s.Busy += n
	}
	return s
}
