package script

import (
	"context"
	"sync"

	"flowbench/models"
	"flowbench/script/vm"
)

// engine is the Engine made of worker processes.
type engine struct {
	opts     Options
	http     *transport
	starter  *starter
	keeper   keeper
	contexts *contexts
	flows    *lane
	tests    *lane
	ctx      context.Context // ended by Close
	cancel   context.CancelFunc
	closing  sync.Once
	layers   func() []Layer
}

// New makes an Engine. Workers are started when they are first needed; the
// binary's main must begin with worker.Enter.
func New(opts Options) (Engine, error) {
	opts = opts.withDefaults()
	t, err := newTransport(opts.HTTP)
	if err != nil {
		return nil, err
	}
	e := &engine{opts: opts, http: t, starter: newStarter(), contexts: newContexts()}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	e.flows = e.newLane(opts.Workers)
	e.tests = e.newLane(opts.TestWorkers)
	e.layers = sync.OnceValue(e.findLayers)
	return e, nil
}

func (e *engine) newLane(size int) *lane {
	return &lane{
		size: size, share: e.opts.share(size), queue: e.opts.Queue, log: e.opts.Log, held: map[string]int{},
		start:    func() (*process, error) { return startProcess(e.starter, e.opts.SoftMemory) },
		replaced: func() { e.opts.Observe(Observation{Respawn: true}) },
	}
}

// RunChain implements Engine.
func (e *engine) RunChain(ctx context.Context, req ChainRequest) (ChainResult, error) {
	encoded, err := e.contexts.encode(req.Trigger, req.Context)
	if err != nil {
		return ChainResult{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.ctx, cancel)()
	c := &chain{e: e, ctx: ctx, req: &req, context: encoded, state: vm.NewState(encoded)}
	c.result.Runs = make([]models.RunResult, len(req.Actions))
	for i := range req.Actions {
		if req.Actions[i].Inactive {
			c.result.Runs[i] = newRun(&req, &req.Actions[i])
			c.result.Runs[i].Outcome = models.Outcome{Kind: models.OutcomeSkipped, Message: "The action is inactive."}
			continue
		}
		c.todo = append(c.todo, i)
	}
	c.run()
	return c.conclude(), nil
}

// conclude says what the surrounding operation would do.
func (c *chain) conclude() ChainResult {
	message := c.result.Outcome.LoginMessage
	c.result.Outcome = vm.Finish(c.state)
	c.result.Outcome.LoginMessage = message
	c.result.Completed = c.result.StoppedBy == ""
	return c.result
}

// Layers implements Engine. The first call may have to start a worker.
func (e *engine) Layers() []Layer { return e.layers() }

func (e *engine) findLayers() []Layer {
	const nobody = ""
	p, err := e.flows.acquire(e.ctx, nobody, startLimit)
	if err != nil {
		return []Layer{{Name: "workers", Detail: err.Error()}}
	}
	defer e.flows.release(nobody, p)
	list := []Layer{{Name: "workers", On: true, Detail: "one process per run, killed at its limit"}}
	for _, l := range p.ready.Layers {
		list = append(list, Layer(l))
	}
	return list
}

// Stats returns the engine's gauges.
func (e *engine) Stats() Stats {
	a, b := e.flows.stats(), e.tests.stats()
	return Stats{Workers: a.Workers + b.Workers, Busy: a.Busy + b.Busy, Queue: a.Queue + b.Queue, Respawns: a.Respawns + b.Respawns}
}

// Close implements Engine. Only the first call does something.
func (e *engine) Close() error {
	e.closing.Do(e.close)
	return nil
}

func (e *engine) close() {
	e.cancel()
	e.flows.close()
	e.tests.close()
	e.flows.all.Wait()
	e.tests.all.Wait()
	e.starter.close()
	e.http.close()
	e.contexts.close()
}
