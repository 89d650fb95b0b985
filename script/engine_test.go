package script_test

import (
	"context"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script"
)

func start(t testing.TB, o script.Options) script.Engine {
	t.Helper()
	e, err := script.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// single runs one action at the trigger pre userinfo.
func single(t testing.TB, e script.Engine, a script.Action) models.RunResult {
	t.Helper()
	return chained(t, e, a).Runs[0]
}

func chained(t testing.TB, e script.Engine, actions ...script.Action) script.ChainResult {
	t.Helper()
	got, err := e.RunChain(context.Background(), script.ChainRequest{OrgID: "org", Trigger: models.PreUserinfo, Actions: actions})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRunChain(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	got := single(t, e, script.Action{Name: "tier", Timeout: 5 * time.Second, Script: `let log = require('zitadel/log');
function tier(ctx, api) { log.log('hi'); api.v1.claims.setClaim('tier', 'gold') }`})
	t.Logf("%+v", got)
	for _, l := range e.Layers() {
		t.Logf("%+v", l)
	}
	c, err := e.Check(context.Background(), script.CheckRequest{Name: "x", Script: "function y(a){}"})
	t.Logf("%+v %v", c, err)
}
