package vm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"flowbench/models"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// maxCallStack bounds the depth of script calls.
const maxCallStack = 1000

// run is one run of one action.
type run struct {
	vm     *goja.Runtime
	state  *State
	host   Host
	job    Job
	begun  time.Time
	http   time.Duration
	stack  [8]goja.StackFrame
	called bool                  // loading is over
	mapped bool                  // goja's host objects get lower first letters
	texts  map[string]goja.Value // texts of lists

	modules  map[string]goja.Value
	rejected []rejection
	stopped  *stop
}

// Run runs one action on the state of its chain. Whatever the script does, Run
// returns how it ended; ctx ends it early.
func (r *Runner) Run(ctx context.Context, job Job, s *State, host Host) (res Result) {
	u := &run{state: s, host: host, job: job, begun: time.Now()}
	s.Begin(job.Name, job.Strict)
	defer s.End()
	res.Outcome = u.contained(func() models.Outcome { return r.run(ctx, u, &res) })
	res.Total = time.Since(u.begun)
	res.HTTP = u.http
	res.Own = max(0, res.Total-res.HTTP-res.Compile)
	res.Spoilt = spoils(res.Outcome.Kind)
	return res
}

// spoils reports endings that may leave garbage or running code behind.
func spoils(k models.OutcomeKind) bool {
	return k == models.OutcomeTimeout || k == models.OutcomeMemory || k == models.OutcomeCrashed
}

func (r *Runner) run(ctx context.Context, u *run, res *Result) models.Outcome {
	limit := u.job.LoadLimit()
	program, err := r.program(u.job.Script)
	res.Compile = time.Since(u.begun)
	if err != nil {
		return compileOutcome(err, u.job.Script)
	}
	u.prepare()
	guard := r.guard(ctx, u)
	defer guard.end()
	guard.begin(limit, r.options.Memory)
	if _, err := u.vm.RunProgram(program); err != nil {
		return u.failed(err)
	}
	fn, outcome := u.function()
	if fn == nil {
		return outcome
	}
	guard.called(u.job.Limit())
	u.called = true
	u.host.Called()
	return u.call(fn)
}

// prepare makes the fresh runtime.
func (u *run) prepare() {
	u.vm = goja.New()
	u.vm.SetMaxCallStackSize(maxCallStack)
	u.vm.SetParserOptions(parser.WithDisableSourceMaps)
	u.vm.SetPromiseRejectionTracker(u.trackRejection)
	u.vm.GlobalObject().DefineDataProperty("require", u.vm.ToValue(u.require), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// function finds the binding of the action's name.
func (u *run) function() (goja.Callable, models.Outcome) {
	v := u.vm.Get(u.job.Name)
	if v == nil || goja.IsUndefined(v) {
		return nil, models.Outcome{Kind: models.OutcomeNoFunction, Message: u.notFound()}
	}
	fn, ok := goja.AssertFunction(v)
	if !ok {
		return nil, models.Outcome{Kind: models.OutcomeNoFunction,
			Message: fmt.Sprintf("could not convert %s to function %s", v.String(), u.job.Name)}
	}
	return fn, models.Outcome{}
}

// notFound names the function that is missing; the reference does not.
func (u *run) notFound() string {
	if u.job.Strict {
		return "function not found"
	}
	return "function not found: " + u.job.Name
}

// call calls the action's function and judges what it returns.
func (u *run) call(fn goja.Callable) models.Outcome {
	table := u.state.table
	result, err := fn(goja.Undefined(), u.object(table.Ctx, u.state.ctx()), u.object(table.API, nil))
	if err != nil {
		return u.failed(err)
	}
	if u.stopped != nil {
		return u.stopped.outcome(u)
	}
	if goja.IsUndefined(result) || goja.IsNull(result) {
		u.reportRejections()
		return models.Outcome{Kind: models.OutcomeOK}
	}
	return u.returned(result)
}

// returned is the ending of a function that returned a value: the reference
// accepts errors only.
func (u *run) returned(result goja.Value) models.Outcome {
	o := models.Outcome{Kind: models.OutcomeResult, Message: "could not convert " + result.String() + " to error"}
	if p, ok := result.Export().(*goja.Promise); ok && p.State() == goja.PromiseStateRejected {
		u.explain(&o, p)
	}
	return o
}

// contained runs f; whatever panics out of it becomes an outcome.
func (u *run) contained(f func() models.Outcome) (o models.Outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = u.panicked(p)
		}
	}()
	return f()
}

// panicked turns a panic that crossed the runtime into an outcome.
func (u *run) panicked(p any) models.Outcome {
	switch p := p.(type) {
	case *stop:
		return p.outcome(u)
	case *goja.Object:
		return models.Outcome{Kind: models.OutcomeException, Message: safeString(p)}
	case error:
		var interrupted *goja.InterruptedError
		var exception *goja.Exception
		var overflow *goja.StackOverflowError
		if errors.As(p, &interrupted) || errors.As(p, &exception) || errors.As(p, &overflow) {
			return u.failed(p)
		}
		return models.Outcome{Kind: models.OutcomeHost, Message: "unknown error occurred: " + p.Error()}
	}
	return models.Outcome{Kind: models.OutcomeHost, Message: fmt.Sprintf("unknown error occurred: %v", p)}
}

// position finds the script's own frame that called into the host.
func (u *run) position() (line, column int) {
	for _, f := range u.vm.CaptureCallStack(len(u.stack), u.stack[:0]) {
		if p := f.Position(); inScript(f, p) {
			return p.Line, p.Column
		}
	}
	return 0, 0
}

// effect makes an operation: on the run's own state, then for the host.
func (u *run) effect(op Op) {
	op.Line, op.Column = u.position()
	if _, err := u.state.apply(op, false); err != nil {
		u.stop(models.OutcomeHost, err.Error())
	}
	u.host.Effect(op)
}
