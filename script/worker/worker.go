package worker

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"flowbench/models"
	"flowbench/script/lint"
	"flowbench/script/vm"
	"flowbench/script/wire"
)

// worker is the state of the process. One goroutine runs scripts; the watch
// looks after it from another.
type worker struct {
	conn   *wire.Conn
	runner *vm.Runner
	watch  *watch

	out  sync.Mutex // guards writing to conn
	safe bool       // what is put survives the end of the process
}

func newWorker(rw io.ReadWriter, soft uint64, box *wire.Mailbox) *worker {
	w := &worker{conn: wire.NewConn(rw)}
	if box != nil {
		w.conn.WriteThrough(box)
		w.safe = true
	}
	w.watch = newWatch(soft, w.flush)
	w.runner = vm.NewRunner(vm.Options{Memory: int64(soft), Watch: w.watch})
	return w
}

// loop answers one message after the other until the server hangs up.
func (w *worker) loop() error {
	for {
		kind, payload, err := w.conn.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		switch kind {
		case wire.Chain:
			err = w.chain(payload)
		case wire.Check:
			err = w.check(payload)
		default:
			err = wire.ErrMalformed
		}
		if err != nil {
			return err
		}
	}
}

func (w *worker) chain(payload []byte) error {
	m, err := wire.ParseChain(payload)
	if err != nil {
		return err
	}
	state, err := replay(m)
	if err != nil {
		return err
	}
	for _, a := range m.Actions {
		result := w.run(a, state)
		if result.Spoilt {
			return w.flush()
		}
		if !result.Outcome.OK() && !a.AllowedToFail {
			break
		}
	}
	w.put(wire.End, nil)
	return w.flush()
}

// replay makes the state as the earlier actions of the chain left it.
func replay(m wire.ChainMessage) (*vm.State, error) {
	state := vm.NewState(m.Context)
	strict := len(m.Actions) > 0 && m.Actions[0].Strict
	for _, e := range m.Earlier {
		state.Begin(e.Name, strict)
		for _, op := range e.Ops {
			if _, err := state.Apply(op); err != nil {
				return nil, err
			}
		}
		state.End()
	}
	return state, nil
}

// run runs one action. The frames around it travel with the next that cannot
// wait, or when the watch finds that the run takes its time.
func (w *worker) run(a wire.Action, state *vm.State) vm.Result {
	w.put(wire.Begun, nil)
	w.watch.begin(a.LoadLimit())
	result := w.runner.Run(context.Background(), a.Job, state, &host{worker: w})
	w.watch.end()
	w.put(wire.Done, func(b []byte) []byte { return wire.AppendResult(b, result) })
	return result
}

func (w *worker) check(payload []byte) error {
	m, err := wire.ParseCheck(payload)
	if err != nil {
		return err
	}
	w.watch.begin(checkLimit)
	found := lint.Check(m.Name, m.Script, m.Trigger)
	w.watch.end()
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	w.put(wire.Checked, func(b []byte) []byte { return append(b, text...) })
	return w.flush()
}

const checkLimit = time.Second

// put queues a frame. A frame that is too large is the script's fault and ends
// the process; the server tells the reason from its exit.
func (w *worker) put(kind wire.Kind, payload func([]byte) []byte) {
	w.out.Lock()
	defer w.out.Unlock()
	if w.conn.Put(kind, payload) != nil {
		exit(wire.ExitMemory)
	}
}

func (w *worker) flush() error {
	w.out.Lock()
	defer w.out.Unlock()
	return w.conn.Flush()
}

// send queues a frame and writes everything that waits. Without a server there
// is nothing left to do.
func (w *worker) send(kind wire.Kind, payload func([]byte) []byte) {
	w.put(kind, payload)
	if w.flush() != nil {
		exit(0)
	}
}

// tell queues a frame that must not get lost.
func (w *worker) tell(kind wire.Kind, payload func([]byte) []byte) {
	if w.safe {
		w.put(kind, payload)
		return
	}
	w.send(kind, payload)
}

// host is the server as a run sees it.
type host struct {
	*worker
	logged int
}

// maxLog bounds the text of a run's log; the server cuts at the same place.
const maxLog = 64 << 10

func (h *host) Called() { h.put(wire.Called, nil) }

func (h *host) Effect(op vm.Op) {
	h.tell(wire.Effect, func(b []byte) []byte { return wire.AppendOp(b, op) })
}

// Log sends the line that passes the limit as well, which tells the server
// that something is missing, and none after it.
func (h *host) Log(level models.Level, at time.Duration, message string) {
	if h.logged > maxLog {
		return
	}
	h.logged += len(message) + 1
	h.tell(wire.Log, func(b []byte) []byte { return wire.AppendLog(b, level, at, message) })
}

func (h *host) Fetch(r vm.FetchRequest) (vm.FetchResponse, error) {
	h.send(wire.Fetch, func(b []byte) []byte { return wire.AppendFetch(b, r) })
	kind, payload, err := h.conn.Read()
	if err != nil || kind != wire.Fetched {
		exit(0)
	}
	return wire.ParseFetched(payload)
}
