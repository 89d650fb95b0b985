package vm

import (
	"container/list"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"flowbench/models"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/google/uuid"
)

// Options bound what a Runner keeps and tolerates. Zero values mean the
// defaults.
type Options struct {
	Programs     int   // compiled programs kept, 256
	ProgramBytes int   // source bytes of the programs kept, 8 MiB
	Memory       int64 // live heap that ends a run; 0 = not watched, as it is the whole process's
	Watch        Watch // who looks after limits; nil = timers, as in a process that does other things
}

// Watch looks after the limits of one run at a time. Timers would do, but each
// wakes another thread, which costs more than a short run.
type Watch interface {
	// Begin starts the limit of loading. interrupt ends the run; it may be
	// called from anywhere until End.
	Begin(limit time.Duration, interrupt func(models.OutcomeKind))
	// Called starts the limit of the call instead.
	Called(limit time.Duration)
	End()
}

// Runner runs jobs one after the other and keeps compiled programs. It is safe
// for concurrent use as long as memory is not watched.
type Runner struct {
	options Options

	mu       sync.Mutex
	programs map[[sha256.Size]byte]*list.Element
	order    *list.List // most recently used first
	bytes    int
}

type cached struct {
	key     [sha256.Size]byte
	program *goja.Program
	bytes   int
}

// matchTimeout outlasts every limit: a timed-out match would be reported to the
// script as no match.
const matchTimeout = 21 * time.Second

// setGlobals sets what libraries keep per process. The node of version 1 ids is
// random, so that no network interface is looked at.
var setGlobals = sync.OnceFunc(func() {
	regexp2.DefaultMatchTimeout = matchTimeout
	var node [6]byte
	_, _ = rand.Read(node[:])
	node[0] |= 1
	uuid.SetNodeID(node[:])
})

// NewRunner returns a Runner.
func NewRunner(o Options) *Runner {
	setGlobals()
	if o.Programs == 0 {
		o.Programs = 256
	}
	if o.ProgramBytes == 0 {
		o.ProgramBytes = 8 << 20
	}
	return &Runner{options: o, programs: map[[sha256.Size]byte]*list.Element{}, order: list.New()}
}

// Compile parses and compiles a source. It never reads a source map, which
// would be a file of this machine.
func Compile(script string) (p *goja.Program, err error) {
	defer func() {
		if x := recover(); x != nil {
			p, err = nil, fmt.Errorf("unknown error occurred: %v", x)
		}
	}()
	ast, err := parser.ParseFile(nil, "", script, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	return goja.CompileAST(ast, false)
}

func (r *Runner) program(script string) (*goja.Program, error) {
	key := sha256.Sum256([]byte(script))
	r.mu.Lock()
	if e, ok := r.programs[key]; ok {
		r.order.MoveToFront(e)
		r.mu.Unlock()
		return e.Value.(*cached).program, nil
	}
	r.mu.Unlock()
	p, err := Compile(script)
	if err != nil {
		return nil, err
	}
	r.keep(&cached{key: key, program: p, bytes: len(script)})
	return p, nil
}

// keep stores a compiled program and forgets those not used for longest.
func (r *Runner) keep(c *cached) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.programs[c.key]; ok {
		return
	}
	r.programs[c.key] = r.order.PushFront(c)
	r.bytes += c.bytes
	for r.order.Len() > r.options.Programs || r.bytes > r.options.ProgramBytes && r.order.Len() > 1 {
		last := r.order.Back()
		old := r.order.Remove(last).(*cached)
		delete(r.programs, old.key)
		r.bytes -= old.bytes
	}
}

// guard interrupts a run whose time or memory is used up.
type guard struct {
	ctx    context.Context
	vm     *goja.Runtime
	limit  *time.Timer
	memory *memoryWatch
	watch  Watch
	late   atomic.Bool // the watch ended a phase
	stop   func() bool
}

var (
	cancelled = limitReached{models.OutcomeCancelled, "cancelled"}
	timedOut  = limitReached{models.OutcomeTimeout, "interrupt"}
)

func (r *Runner) guard(ctx context.Context, u *run) *guard {
	g := &guard{ctx: ctx, vm: u.vm}
	if ctx.Done() != nil {
		g.stop = context.AfterFunc(ctx, func() { g.vm.Interrupt(cancelled) })
	}
	if g.watch = r.options.Watch; g.watch == nil && r.options.Memory > 0 {
		g.memory = watchMemory(u.vm, r.options.Memory)
	}
	return g
}

// begin starts the limit of loading.
func (g *guard) begin(limit time.Duration, memory int64) {
	if g.watch == nil {
		g.arm(limit)
		return
	}
	g.watch.Begin(limit, func(kind models.OutcomeKind) {
		if kind == models.OutcomeMemory {
			g.vm.Interrupt(memoryReached(memory))
			return
		}
		g.late.Store(true)
		g.vm.Interrupt(timedOut)
	})
}

// called starts the limit of the call.
func (g *guard) called(limit time.Duration) {
	if g.watch == nil {
		g.arm(limit)
		return
	}
	g.watch.Called(limit)
	if g.late.Load() {
		g.vm.ClearInterrupt()
	}
}

// arm starts the timer of a phase; what a timer of an earlier phase did is
// forgotten.
func (g *guard) arm(limit time.Duration) {
	if g.limit != nil && !g.limit.Stop() {
		g.vm.ClearInterrupt()
		if g.ctx.Err() != nil {
			g.vm.Interrupt(cancelled)
		}
	}
	g.limit = time.AfterFunc(limit, func() { g.vm.Interrupt(timedOut) })
}

func (g *guard) end() {
	if g.watch != nil {
		g.watch.End()
	}
	if g.limit != nil {
		g.limit.Stop()
	}
	if g.memory != nil {
		g.memory.end()
	}
	if g.stop != nil {
		g.stop()
	}
}

func memoryReached(limit int64) limitReached {
	return limitReached{models.OutcomeMemory, fmt.Sprintf("memory limit of %d MiB reached", limit>>20)}
}

const (
	liveHeap    = "/gc/heap/live:bytes"
	memoryPause = time.Millisecond
)

// memoryWatch ends a run when the live heap of the process exceeds the limit.
// Garbage does not count: the figure is that of the last collection. Most runs
// are over before the first look.
type memoryWatch struct {
	vm    *goja.Runtime
	limit int64

	mu    sync.Mutex
	timer *time.Timer
	over  bool
}

func watchMemory(vm *goja.Runtime, limit int64) *memoryWatch {
	w := &memoryWatch{vm: vm, limit: limit}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(memoryPause, w.look)
	return w
}

func (w *memoryWatch) look() {
	sample := [...]metrics.Sample{{Name: liveHeap}}
	metrics.Read(sample[:])
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	if sample[0].Value.Uint64() > uint64(w.limit) {
		w.vm.Interrupt(memoryReached(w.limit))
	}
	w.timer.Reset(memoryPause)
}

func (w *memoryWatch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	w.timer.Stop()
}
