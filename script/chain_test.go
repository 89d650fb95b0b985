package script_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

const patient = 15 * time.Second

// action declares a function f with the given body.
func action(body string) script.Action {
	return script.Action{Name: "f", Timeout: patient, Script: "function f(ctx, api) {\n" + body + "\n}"}
}

func tolerated(a script.Action) script.Action {
	a.AllowedToFail = true
	return a
}

func within(limit time.Duration, a script.Action) script.Action {
	a.Timeout = limit
	return a
}

func request(actions ...script.Action) script.ChainRequest {
	return script.ChainRequest{OrgID: "org", Trigger: models.PreUserinfo, Actions: actions}
}

func run(t testing.TB, e script.Engine, req script.ChainRequest) script.ChainResult {
	t.Helper()
	got, err := e.RunChain(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// effects lists the paths of what a run did, with what came out.
func effects(r models.RunResult) (list []string) {
	for _, e := range r.Effects {
		list = append(list, e.Path+"="+string(e.After))
	}
	return list
}

func kinds(r script.ChainResult) (list []string) {
	for _, run := range r.Runs {
		list = append(list, strings.TrimPrefix(string(run.Outcome.Kind), "OUTCOME_"))
	}
	return list
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRunReportsWhatTheScriptDid(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	got := run(t, e, request(script.Action{ID: "7", Name: "tier", Version: 3, Timeout: patient, Script: `let log = require('zitadel/log');
function tier(ctx, api) { log.warn('hi'); api.v1.claims.setClaim('tier', 'gold') }`}))
	r := got.Runs[0]
	same(t, kinds(got), []string{"OK"})
	same(t, effects(r), []string{`claims.tier="gold"`})
	same(t, r.Action, models.RunAction{ID: "7", Name: "tier", Version: 3})
	if len(r.Log) != 1 || r.Log[0].Level != models.LevelWarn || r.Log[0].Message != "hi" {
		t.Errorf("log %+v", r.Log)
	}
	if r.Effects[0].Line != 2 || r.Timing.Total <= 0 || r.StartedAt.IsZero() || !got.Completed {
		t.Errorf("run %+v, completed %v", r, got.Completed)
	}
	if !strings.Contains(string(got.Outcome.Claims), `"tier":"gold"`) {
		t.Errorf("claims %s", got.Outcome.Claims)
	}
}

func TestEffectsCountUpToTheEnd(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	const before = `require('zitadel/log').log('here'); api.v1.claims.setClaim('a', 1); `
	for name, c := range map[string]struct{ body, want string }{
		"exception":      {"throw 1", "EXCEPTION"},
		"polite timeout": {"for (;;) {}", "TIMEOUT"},
		"kill":           {"Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)", "TIMEOUT"},
		"crash at once":  {"'x'.repeat(2 ** 30)", "MEMORY"},
		"recursion":      {"(function r() { r() })()", "RECURSION"},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, e, request(within(time.Second, action(before+c.body))))
			same(t, kinds(got), []string{c.want})
			same(t, effects(got.Runs[0]), []string{"claims.a=1"})
			if len(got.Runs[0].Log) != 1 {
				t.Errorf("log %+v", got.Runs[0].Log)
			}
			if got.Completed || got.StoppedBy != "f" || got.Outcome.LoginMessage == "" {
				t.Errorf("chain %+v", got)
			}
		})
	}
}

func TestChainGoesOnAfterToleratedFailures(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	set := func(n int, then string) script.Action {
		a := tolerated(within(time.Second, action(fmt.Sprintf("api.v1.claims.setClaim('c%d', %d); %s", n, n, then))))
		a.Name, a.Script = fmt.Sprintf("f%d", n), strings.Replace(a.Script, "function f(", fmt.Sprintf("function f%d(", n), 1)
		return a
	}
	got := run(t, e, request(
		set(1, ""),
		set(2, "throw 1"),
		set(3, "for (;;) {}"),
		set(4, "'x'.repeat(2 ** 30)"),
		set(5, "if (ctx.v1.claims.c4 !== 4 || ctx.v1.claims.c1 !== 1) throw 'earlier claims are missing'"),
		set(6, "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)"),
		set(7, "api.v1.claims.setClaim('c1', 'again')"),
	))
	same(t, kinds(got), []string{"OK", "EXCEPTION", "TIMEOUT", "MEMORY", "OK", "TIMEOUT", "OK"})
	if !got.Completed || got.StoppedBy != "" {
		t.Errorf("completed %v, stopped by %q", got.Completed, got.StoppedBy)
	}
	for n := 1; n <= 7; n++ {
		if want := fmt.Sprintf(`"c%d":%d`, n, n); !strings.Contains(string(got.Outcome.Claims), want) {
			t.Errorf("claims lack %s: %s", want, got.Outcome.Claims)
		}
		if tolerated := got.Runs[n-1].Outcome.Kind != models.OutcomeOK; got.Runs[n-1].Tolerated != tolerated {
			t.Errorf("action %d: tolerated %v", n, got.Runs[n-1].Tolerated)
		}
	}
}

func TestChainStops(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	idle := action("")
	idle.Inactive = true
	bad := action("throw new Error('no')")
	got := run(t, e, request(action(""), idle, bad, action("")))
	same(t, kinds(got), []string{"OK", "SKIPPED", "EXCEPTION", "SKIPPED"})
	if got.Completed || got.StoppedBy != "f" || !strings.HasPrefix(got.Outcome.LoginMessage, "Error: no at f (<eval>:") {
		t.Errorf("chain %+v", got)
	}
	none := run(t, e, request())
	if !none.Completed || len(none.Runs) != 0 {
		t.Errorf("a chain without actions: %+v", none)
	}
}

// TestChainEqualsSingleRuns runs ten actions in one message and one by one on
// what the earlier left, which is what a chain promises.
func TestChainEqualsSingleRuns(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	var actions []script.Action
	for n := range 10 {
		body := fmt.Sprintf("api.v1.claims.setClaim('c%d', Object.keys(ctx.v1.claims).length); api.v1.claims.appendLogIntoClaims('n%d');", n, n)
		if n%3 == 1 {
			body += "throw 'no'"
		}
		actions = append(actions, tolerated(action(body)))
	}
	whole := run(t, e, request(actions...))
	// A time limit makes each action but the last lose its worker, so that every
	// action begins from the operations of those before.
	var split []script.Action
	for _, a := range actions {
		split = append(split, a, tolerated(within(30*time.Millisecond, action("for (;;) {}"))))
	}
	apart := run(t, e, request(split...))
	same(t, string(apart.Outcome.Claims), string(whole.Outcome.Claims))
	for n := range actions {
		same(t, effects(apart.Runs[2*n]), effects(whole.Runs[n]))
	}
}

func TestBadRequestIsAnError(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	for name, req := range map[string]script.ChainRequest{
		"unknown trigger":     {Trigger: "nope"},
		"context that is not": {Trigger: models.PreUserinfo, Context: []byte("[1")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want *models.Error
			if _, err := e.RunChain(t.Context(), req); !errors.As(err, &want) || want.Kind != models.KindInvalid {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestCancelStopsTheRun(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"script": "for (;;) {}", "native": "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, script.Options{Workers: 1})
			ctx, cancel := context.WithCancel(t.Context())
			req := request(tolerated(action("api.v1.claims.setClaim('a', 1); "+body)), action(""))
			req.Progress = func(p script.Progress) {
				if p.Effect != nil {
					cancel()
				}
			}
			begun := time.Now()
			got, err := e.RunChain(ctx, req)
			if err != nil {
				t.Fatal(err)
			}
			same(t, kinds(got), []string{"CANCELLED", "SKIPPED"})
			same(t, effects(got.Runs[0]), []string{"claims.a=1"})
			if took := time.Since(begun); took > patient/2 {
				t.Errorf("it took %s", took)
			}
			same(t, kinds(run(t, e, request(action("")))), []string{"OK"})
		})
	}
}

func TestProgressTellsEverything(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	var told []string
	req := request(action("require('zitadel/log').log('x'); api.v1.claims.setClaim('a', 1)"), action(""))
	req.Progress = func(p script.Progress) {
		switch {
		case p.Effect != nil:
			told = append(told, fmt.Sprint(p.Index, " effect"))
		case p.Log != nil:
			told = append(told, fmt.Sprint(p.Index, " log"))
		case p.Done != nil:
			told = append(told, fmt.Sprint(p.Index, " done"))
		}
	}
	run(t, e, req)
	same(t, told, []string{"0 log", "0 effect", "0 done", "1 done"})
}
