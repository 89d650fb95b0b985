package script

import (
	"context"
	"errors"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
	"flowbench/script/wire"
)

// chain is one RunChain on its way through one worker after the other.
type chain struct {
	e       *engine
	ctx     context.Context
	req     *ChainRequest
	context vm.Context
	state   *vm.State
	todo    []int // indexes of the actions that are not skipped
	done    []wire.Earlier
	result  ChainResult

	now     *recorder // of the action that runs
	waited  time.Duration
	retried bool // one worker was lost before it did anything
}

// run takes the actions to workers until they are through or one ends the
// chain.
func (c *chain) run() {
	next := 0
	for next < len(c.todo) && c.result.StoppedBy == "" {
		p, err := c.worker(next)
		if err != nil {
			next = c.refused(next, err)
			continue
		}
		next = c.exchange(p, next)
	}
	c.skip(next)
}

func (c *chain) lane() *lane {
	if c.req.Test {
		return c.e.tests
	}
	return c.e.flows
}

func (c *chain) action(n int) *Action { return &c.req.Actions[c.todo[n]] }

func (c *chain) job(n int) vm.Job {
	a := c.action(n)
	return vm.Job{Name: a.Name, Script: a.Script, Timeout: a.Timeout, Strict: c.req.Strict}
}

func (c *chain) worker(n int) (*process, error) {
	start := time.Now()
	p, err := c.lane().acquire(c.ctx, c.req.OrgID, c.job(n).Limit())
	c.waited = time.Since(start)
	return p, err
}

// refused records that there was no worker for an action.
func (c *chain) refused(n int, err error) int {
	c.begin(n)
	outcome := models.Outcome{Kind: models.OutcomeBusy, Message: busyText(err, c.lane().stats().Queue)}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errClosed) {
		outcome = models.Outcome{Kind: models.OutcomeCancelled, Message: "The run was cancelled."}
	}
	c.finish(n, vm.Result{Outcome: outcome})
	return n + 1
}

// exchange sends the rest of the chain to one worker and returns the first
// action that is still to be run.
func (c *chain) exchange(p *process, next int) int {
	defer c.lane().release(c.req.OrgID, p)
	x := c.e.newExchange(c.ctx, p, c.job(next).LoadLimit())
	defer x.close()
	c.begin(next)
	err := p.conn.Send(wire.Chain, c.message(next).Append)
	if err == nil {
		if next, err = c.listen(x, next); err == nil {
			return next
		}
	}
	if p.recover() {
		next, _ = c.listen(x, next)
	}
	return c.lost(x, next, err)
}

// listen takes what the worker reports until it is done or gone.
func (c *chain) listen(x *exchange, next int) (int, error) {
	for {
		kind, payload, err := x.p.conn.Read()
		switch {
		case err != nil:
			return next, err
		case kind == wire.End:
			return next, nil
		case next == len(c.todo) || c.result.StoppedBy != "":
			return next, wire.ErrMalformed
		case kind == wire.Done:
			spoilt, err := c.ended(next, payload)
			if err != nil {
				return next, err
			}
			if next++; spoilt {
				x.p.kill()
				return next, nil
			}
		default:
			if err := c.frame(x, kind, payload, next); err != nil {
				return next, err
			}
		}
	}
}

func (c *chain) message(first int) wire.ChainMessage {
	m := wire.ChainMessage{Context: c.context, Earlier: c.done}
	for n := first; n < len(c.todo); n++ {
		m.Actions = append(m.Actions, wire.Action{Job: c.job(n), AllowedToFail: c.action(n).AllowedToFail})
	}
	return m
}

// frame handles what an action reports while it runs. Each phase begins once,
// so that no worker can put its own limit off.
func (c *chain) frame(x *exchange, kind wire.Kind, payload []byte, n int) error {
	switch {
	case kind == wire.Begun && c.now == nil:
		c.begin(n)
		x.phase(c.job(n).LoadLimit())
	case kind == wire.Begun && !c.now.begun:
		c.now.begun = true
	case c.now == nil:
		return wire.ErrMalformed
	case kind == wire.Called && !c.now.called:
		c.now.called = true
		x.phase(c.job(n).Limit())
	case kind == wire.Effect:
		return c.now.effect(x, payload)
	case kind == wire.Log:
		return c.now.log(payload)
	case kind == wire.Fetch:
		return c.now.fetch(x, payload)
	default:
		return wire.ErrMalformed
	}
	return nil
}

// ended takes the outcome of an action from its worker.
func (c *chain) ended(n int, payload []byte) (spoilt bool, err error) {
	if c.now == nil {
		return false, wire.ErrMalformed
	}
	result, err := wire.ParseResult(payload)
	if err != nil {
		return false, err
	}
	c.finish(n, result)
	return result.Spoilt, nil
}

// lost finds out why a worker went away and records it for the action that
// ran.
func (c *chain) lost(x *exchange, n int, err error) int {
	x.p.finish(x.reason() == endNone)
	if n == len(c.todo) || c.result.StoppedBy != "" {
		return n // everything was said before
	}
	if c.untouched(x) {
		c.retried = true
		c.now = nil
		c.result.Runs[c.todo[n]] = models.RunResult{}
		return n
	}
	if c.now == nil {
		c.begin(n)
	}
	outcome := c.e.ending(x, c.now.limit(), err)
	c.finish(n, vm.Result{Outcome: outcome, Total: time.Since(c.now.start)})
	return n + 1
}

// untouched reports whether a worker was ended from outside before the script
// had any effect, so that another one may try without anybody noticing.
func (c *chain) untouched(x *exchange) bool {
	return !c.retried && x.reason() == endNone && x.p.endedFromOutside() && (c.now == nil || c.now.untouched())
}
