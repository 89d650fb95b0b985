package worker

import (
	"encoding/json"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"flowbench/models"
	"flowbench/script/vm"
	"flowbench/script/wire"
)

// serving starts a worker inside the test and returns the server's end.
func serving(t *testing.T) *wire.Conn {
	t.Helper()
	near, far := net.Pipe()
	t.Cleanup(func() { _ = near.Close() })
	w := newWorker(far, 1<<30, nil)
	ended := make(chan error, 1)
	go func() { ended <- w.loop() }()
	t.Cleanup(func() {
		_ = near.Close()
		if err := <-ended; err != nil {
			t.Errorf("the worker ended with %v", err)
		}
	})
	return wire.NewConn(near)
}

func chain(t *testing.T, scripts ...string) wire.ChainMessage {
	t.Helper()
	context, err := vm.EncodeContext(models.PreUserinfo, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := wire.ChainMessage{Context: context}
	for _, s := range scripts {
		m.Actions = append(m.Actions, wire.Action{Job: vm.Job{Name: "f", Timeout: 10 * time.Second, Script: "function f(ctx, api) {" + s + "}"}})
	}
	return m
}

// frames sends a chain and lists the kinds of what comes back.
func frames(t *testing.T, c *wire.Conn, m wire.ChainMessage) (kinds []wire.Kind) {
	t.Helper()
	if err := c.Send(wire.Chain, m.Append); err != nil {
		t.Fatal(err)
	}
	for {
		kind, _, err := c.Read()
		if err != nil {
			t.Fatal(err)
		}
		if kinds = append(kinds, kind); kind == wire.End {
			return kinds
		}
		if kind == wire.Fetch {
			answer := func(b []byte) []byte {
				return wire.AppendFetched(b, vm.FetchResponse{Status: 200, Body: []byte("1")}, nil)
			}
			if err := c.Send(wire.Fetched, answer); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFramesOfAChain(t *testing.T) {
	t.Parallel()
	c := serving(t)
	for name, want := range map[string][]wire.Kind{
		"api.v1.claims.setClaim('a', 1); require('zitadel/log').log('x')": {wire.Begun, wire.Called, wire.Effect, wire.Log, wire.Done, wire.End},
		"require('zitadel/http').fetch('http://x.example').json()":        {wire.Begun, wire.Called, wire.Fetch, wire.Done, wire.End},
		"throw 1": {wire.Begun, wire.Called, wire.Done, wire.End},
		")":       {wire.Begun, wire.Done, wire.End},
	} {
		if diff := cmp.Diff(want, frames(t, c, chain(t, name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAFailureEndsTheChain(t *testing.T) {
	t.Parallel()
	c := serving(t)
	m := chain(t, "throw 1", "")
	if got := frames(t, c, m); len(got) != 4 {
		t.Errorf("frames %v", got)
	}
	m.Actions[0].AllowedToFail = true
	if got := frames(t, c, m); len(got) != 7 {
		t.Errorf("frames of a tolerated failure %v", got)
	}
}

func TestEarlierActionsAreReplayed(t *testing.T) {
	t.Parallel()
	m := chain(t, "if (ctx.v1.claims.a !== 1) throw 'lost'; api.v1.claims.setClaim('b', 2)")
	m.Earlier = []wire.Earlier{{Name: "first", Ops: []vm.Op{{Kind: vm.OpClaim, Key: "a", Value: []byte("1")}}}}
	want := []wire.Kind{wire.Begun, wire.Called, wire.Effect, wire.Done, wire.End}
	if diff := cmp.Diff(want, frames(t, serving(t), m)); diff != "" {
		t.Error(diff)
	}
}

func TestCheckAnswersWithProblems(t *testing.T) {
	t.Parallel()
	c := serving(t)
	if err := c.Send(wire.Check, wire.CheckMessage{Name: "f", Script: "function f() {"}.Append); err != nil {
		t.Fatal(err)
	}
	kind, payload, err := c.Read()
	var got models.CheckResult
	if err != nil || kind != wire.Checked || json.Unmarshal(payload, &got) != nil {
		t.Fatalf("kind %d, %s, error %v", kind, payload, err)
	}
	if got.Parses || len(got.Problems) == 0 {
		t.Errorf("got %+v", got)
	}
}

func TestWatchRestsAndWakes(t *testing.T) {
	t.Parallel()
	w := newWatch(1<<40, func() error { return nil })
	rests := func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.resting
	}
	for deadline := time.Now().Add(10 * time.Second); !rests(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never rests")
		}
	}
	told := make(chan models.OutcomeKind, 1)
	w.begin(time.Hour)
	w.Begin(time.Millisecond, func(k models.OutcomeKind) { told <- k })
	select {
	case kind := <-told:
		if kind != models.OutcomeTimeout {
			t.Errorf("interrupted for %s", kind)
		}
	case <-time.After(10 * time.Second):
		t.Error("it did not interrupt")
	}
	w.End()
	w.end()
}

func TestWatchInterruptsForMemory(t *testing.T) {
	t.Parallel()
	runtime.GC() // the figure is that of the last collection
	w := newWatch(0, func() error { return nil })
	told := make(chan models.OutcomeKind, 1)
	w.mu.Lock()
	w.interrupt = func(k models.OutcomeKind) { told <- k }
	w.lookAtMemory(time.Now())
	w.mu.Unlock()
	if kind := <-told; kind != models.OutcomeMemory {
		t.Errorf("interrupted for %s", kind)
	}
}

func TestEnterReturnsInAnOrdinaryProcess(t *testing.T) {
	t.Parallel()
	Enter()
}
