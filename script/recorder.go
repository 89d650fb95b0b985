package script

import (
	"context"
	"errors"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
	"flowbench/script/wire"
)

// What a record of one run holds at most.
const (
	maxLog     = 64 << 10 // bytes
	maxEffects = 1000
	maxHTTP    = 100
)

var (
	errTooManyCalls = errors.New("the run made too many requests")
	errWorkerGone   = errors.New("the worker is gone")
)

// recorder keeps what one action does while it happens, so that nothing is
// lost when its worker is.
type recorder struct {
	c     *chain
	n     int // which action of those to be run
	run   *models.RunResult
	start time.Time
	ops   []vm.Op

	begun, called bool
	logged        int
	calls         int
	http          time.Duration
}

// begin opens the record of an action.
func (c *chain) begin(n int) {
	if c.now != nil {
		return
	}
	a := c.action(n)
	run := &c.result.Runs[c.todo[n]]
	now := time.Now()
	*run = newRun(c.req, a)
	run.StartedAt = now.UTC()
	c.now = &recorder{c: c, n: n, run: run, start: now}
	c.state.Begin(a.Name, c.req.Strict)
}

func newRun(req *ChainRequest, a *Action) models.RunResult {
	return models.RunResult{
		Action:  models.RunAction{ID: a.ID, Name: a.Name, Version: a.Version},
		Trigger: req.Trigger,
		Effects: []models.Effect{}, Log: []models.LogLine{}, HTTP: []models.HTTPCall{}, Truncated: []string{},
	}
}

// finish closes the record of an action and decides whether the chain goes on.
func (c *chain) finish(n int, result vm.Result) {
	a, r := c.action(n), c.now
	r.run.Outcome = result.Outcome
	r.run.Timing = models.Timing{Compile: models.Seconds(result.Compile), Own: models.Seconds(result.Own),
		HTTP: models.Seconds(max(result.HTTP, r.http)), Total: models.Seconds(result.Total)}
	c.state.End()
	c.done = append(c.done, wire.Earlier{Name: a.Name, Ops: r.ops})
	if !result.Outcome.OK() {
		r.run.Tolerated = a.AllowedToFail && result.Outcome.Kind != models.OutcomeCancelled
		if !r.run.Tolerated {
			c.result.StoppedBy = a.Name
			c.result.Outcome.LoginMessage = result.Outcome.Message
		}
	}
	c.e.opts.Observe(Observation{Outcome: result.Outcome.Kind, Trigger: c.req.Trigger, Test: c.req.Test,
		Took: result.Total, Waited: c.waited})
	c.progress(Progress{Index: c.todo[n], Done: r.run})
	c.now, c.waited = nil, 0
}

// skip records the actions that were not reached.
func (c *chain) skip(from int) {
	for n := from; n < len(c.todo); n++ {
		run := newRun(c.req, c.action(n))
		run.Outcome = models.Outcome{Kind: models.OutcomeSkipped, Message: "An earlier action ended the chain."}
		c.result.Runs[c.todo[n]] = run
	}
}

func (c *chain) progress(p Progress) {
	if c.req.Progress != nil {
		c.req.Progress(p)
	}
}

// limit returns the limit of the phase that the action is in.
func (r *recorder) limit() time.Duration {
	job := r.c.job(r.n)
	if r.called {
		return job.Limit()
	}
	return job.LoadLimit()
}

// untouched reports whether the action has done nothing that can be seen.
func (r *recorder) untouched() bool { return len(r.ops) == 0 && r.logged == 0 && r.calls == 0 }

func (r *recorder) effect(x *exchange, payload []byte) error {
	op, err := wire.ParseOp(payload)
	if err != nil {
		return err
	}
	effect, err := r.c.state.Apply(op)
	if err != nil {
		x.kill(endFlood)
		return err
	}
	r.ops = append(r.ops, op)
	if len(r.run.Effects) == maxEffects {
		r.truncated("effects")
		return nil
	}
	r.run.Effects = append(r.run.Effects, effect)
	r.c.progress(Progress{Index: r.c.todo[r.n], Effect: &effect})
	return nil
}

func (r *recorder) log(payload []byte) error {
	line, err := wire.ParseLog(payload)
	if err != nil {
		return err
	}
	r.logged += len(line.Message) + 1
	if r.logged > maxLog {
		r.truncated("log")
		return nil
	}
	r.run.Log = append(r.run.Log, line)
	r.c.progress(Progress{Index: r.c.todo[r.n], Log: &line})
	return nil
}

func (r *recorder) truncated(what string) {
	for _, t := range r.run.Truncated {
		if t == what {
			return
		}
	}
	r.run.Truncated = append(r.run.Truncated, what)
}

// fetch answers a request of the script and records it.
func (r *recorder) fetch(x *exchange, payload []byte) error {
	in, err := wire.ParseFetch(payload)
	if err != nil {
		return err
	}
	if !x.p.alive() {
		return errWorkerGone // it was found in what a lost worker left
	}
	start := time.Now()
	out, err := r.answer(x, in)
	took := time.Since(start)
	r.http += took
	// A late answer is for nobody: the run's own limit has passed. The record is
	// made while the script goes on.
	sent := x.p.conn.Send(wire.Fetched, func(b []byte) []byte { return wire.AppendFetched(b, out, err) })
	r.record(in, out, err, took)
	return sent
}

func (r *recorder) answer(x *exchange, in vm.FetchRequest) (vm.FetchResponse, error) {
	if r.calls++; r.calls > r.c.e.opts.HTTP.MaxCalls {
		return vm.FetchResponse{}, requestError(in.Method, in.URL, errTooManyCalls)
	}
	if r.c.req.HTTP.Mode != HTTPReal {
		return stubbed(r.c.req.HTTP.Stubs, in)
	}
	ctx, cancel := context.WithDeadline(r.c.ctx, x.until())
	defer cancel()
	return r.c.e.http.fetch(withHosts(ctx, r.c.req.Hosts), in)
}

func (r *recorder) record(in vm.FetchRequest, out vm.FetchResponse, err error, took time.Duration) {
	if len(r.run.HTTP) == maxHTTP {
		r.truncated("http")
		return
	}
	call := models.HTTPCall{
		Method: in.Method, URL: maskURL(in.URL), Status: out.Status, Duration: models.Seconds(took),
		Stubbed: r.c.req.HTTP.Mode != HTTPReal, Headers: maskHeader(in.Header),
		RequestBody: maskBody(in.Body), ResponseBody: maskBody(out.Body),
		RequestSize: len(in.Body), ResponseSize: len(out.Body),
	}
	if err != nil {
		call.Error = cut(err.Error(), maxRecordedText)
	}
	r.run.HTTP = append(r.run.HTTP, call)
}
