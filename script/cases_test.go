package script_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script"
	"flowbench/script/casetest"
	"flowbench/script/vm"
)

// TestRecordedBehaviour runs the recorded cases through worker processes and
// the server's own transport, in both modes.
func TestRecordedBehaviour(t *testing.T) {
	t.Parallel()
	open := start(t, script.Options{HTTP: script.Transport{Allow: []string{"127.0.0.0/8"}}})
	guarded := start(t, script.Options{})
	for _, c := range casetest.Read(t) {
		e := open
		if len(c.Env.DenyList) > 0 {
			e = guarded
		}
		for _, strict := range []bool{false, true} {
			name, c := c.ID+" "+c.Name, c
			if strict {
				name, c = name+" strict", c.Strict(t)
			}
			t.Run(name, func(t *testing.T) { checkCase(t, e, c, strict, 0) })
		}
	}
}

func checkCase(t *testing.T, e script.Engine, c casetest.Case, strict bool, attempt int) {
	server, seen := c.Env.Server()
	defer server.Close()
	req := script.ChainRequest{OrgID: "org", Trigger: c.Trigger(t), Context: c.Input(t), Strict: strict,
		HTTP: script.HTTPOptions{Mode: script.HTTPReal}}
	for _, a := range c.Actions {
		timeout, _ := time.ParseDuration(a.Timeout)
		req.Actions = append(req.Actions, script.Action{Name: a.Name, Timeout: timeout, AllowedToFail: a.AllowedToFail,
			Inactive: a.Inactive(), Script: strings.ReplaceAll(a.Script, "{{HTTP_BASE}}", server.URL)})
	}
	// Short limits also bound the waiting for a worker: let one be ready.
	ready := script.ChainRequest{OrgID: "org", Trigger: req.Trigger, Actions: []script.Action{{Name: "ready", Script: "function ready() {}"}}}
	if _, err := e.RunChain(context.Background(), ready); err != nil {
		t.Fatal(err)
	}
	res, err := e.RunChain(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	if killed(res) && attempt < 4 {
		// A busy machine did not let the run end by itself in time.
		server.Close()
		checkCase(t, e, c, strict, attempt+1)
		return
	}
	encoded, err := vm.EncodeContext(req.Trigger, req.Context)
	if err != nil {
		t.Fatal(err)
	}
	got := casetest.Got{Completed: res.Completed, Outcome: res.Outcome, Before: vm.Finish(vm.NewState(encoded)), Requests: seen()}
	for _, r := range res.Runs {
		if r.Outcome.Kind != models.OutcomeSkipped {
			got.Runs = append(got.Runs, casetest.Run{Name: r.Action.Name, Error: r.Outcome.Message})
			got.Log = append(got.Log, r.Log...)
		}
	}
	c.Compare(t, got)
}

// killed reports whether a run was ended from outside.
func killed(res script.ChainResult) bool {
	for _, r := range res.Runs {
		if r.Outcome.Kind == models.OutcomeTimeout && r.Outcome.Line == 0 {
			return true
		}
	}
	return false
}
