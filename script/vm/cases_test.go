package vm_test

import (
	"strings"
	"testing"
	"time"

	"flowbench/script/casetest"
	"flowbench/script/vm"
)

func TestRecordedBehaviour(t *testing.T) {
	t.Parallel()
	for _, c := range casetest.Read(t) {
		t.Run(c.ID+" "+c.Name, func(t *testing.T) {
			t.Parallel()
			checkCase(t, c, false)
			t.Run("strict", func(t *testing.T) { checkCase(t, c.Strict(t), true) })
		})
	}
}

func checkCase(t *testing.T, c casetest.Case, strict bool) {
	server, seen := c.Env.Server()
	defer server.Close()
	encoded, err := vm.EncodeContext(c.Trigger(t), c.Input(t))
	if err != nil {
		t.Fatal(err)
	}
	state := vm.NewState(encoded)
	got := casetest.Got{Completed: true, Before: vm.Finish(state)}
	h := newHost(encoded)
	h.fetch = fetcher(c.Env)
	runner := vm.NewRunner(vm.Options{})
	for _, a := range c.Actions {
		if a.Inactive() {
			continue
		}
		timeout, _ := time.ParseDuration(a.Timeout)
		script := strings.ReplaceAll(a.Script, "{{HTTP_BASE}}", server.URL)
		res := h.run(t, runner, state, vm.Job{Name: a.Name, Script: script, Timeout: timeout, Strict: strict})
		got.Runs = append(got.Runs, casetest.Run{Name: a.Name, Error: res.Outcome.Message})
		if !res.Outcome.OK() && !a.AllowedToFail {
			got.Completed = false
			break
		}
	}
	h.compare(t, state)
	got.Log, got.Requests, got.Outcome = h.lines, seen(), vm.Finish(state)
	c.Compare(t, got)
}
