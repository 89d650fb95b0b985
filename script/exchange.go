package script

import (
	"context"
	"sync"
	"time"
)

// exchange is one message to a worker and everything that comes back for it. A
// worker that says nothing until its limit and a grace after it is ended,
// whatever it is doing.
type exchange struct {
	p      *process
	keeper *keeper
	stop   func() bool // of the watch on the caller's context

	mu       sync.Mutex
	deadline time.Time // of the phase that runs; requests must end by then
	why      end
	over     bool
}

// end says why a worker was killed by the server.
type end uint8

const (
	endNone end = iota
	endTimeout
	endCancel
	endFlood
)

func (e *engine) newExchange(ctx context.Context, p *process, limit time.Duration) *exchange {
	x := &exchange{p: p, keeper: &e.keeper, deadline: time.Now().Add(limit)}
	x.stop = context.AfterFunc(ctx, func() { x.kill(endCancel) })
	x.keeper.watch(x)
	return x
}

// kill ends the worker unless the exchange is over, and keeps the first reason.
func (x *exchange) kill(why end) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.over || x.why != endNone {
		return
	}
	x.why = why
	x.p.kill()
}

// phase starts the next limit.
func (x *exchange) phase(limit time.Duration) {
	x.mu.Lock()
	x.deadline = time.Now().Add(limit)
	x.mu.Unlock()
}

// close ends the exchange: from here on the worker is the lane's again.
func (x *exchange) close() {
	x.mu.Lock()
	x.over = true
	x.mu.Unlock()
	x.keeper.forget(x)
	x.stop()
}

func (x *exchange) reason() end {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.why
}

func (x *exchange) until() time.Time {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.deadline
}
