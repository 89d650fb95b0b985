package script_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
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

// claims lists the paths of what a run did, with what came out.
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

func TestLimits(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	t.Run("log", func(t *testing.T) {
		t.Parallel()
		r := run(t, e, request(action("for (let i = 0; i < 100; i++) require('zitadel/log').log('x'.repeat(1500))"))).Runs[0]
		size := 0
		for _, l := range r.Log {
			size += len(l.Message)
		}
		if size > 64<<10 || size < 60<<10 {
			t.Errorf("%d bytes of log are kept", size)
		}
		same(t, r.Truncated, []string{"log"})
	})
	t.Run("effects", func(t *testing.T) {
		t.Parallel()
		got := run(t, e, request(action("for (let i = 0; i < 1500; i++) api.v1.claims.setClaim('k' + i, i)")))
		same(t, got.Runs[0].Truncated, []string{"effects"})
		if len(got.Runs[0].Effects) != 1000 || !strings.Contains(string(got.Outcome.Claims), `"k1499":1499`) {
			t.Errorf("%d effects, claims end in %s", len(got.Runs[0].Effects), got.Outcome.Claims[len(got.Outcome.Claims)-20:])
		}
	})
	t.Run("large script", func(t *testing.T) {
		t.Parallel()
		a := action("")
		a.Script += "\n//" + strings.Repeat("x", 3<<20)
		same(t, kinds(run(t, e, request(a))), []string{"OK"})
	})
	t.Run("one large effect", func(t *testing.T) {
		t.Parallel()
		got := run(t, e, request(action("api.v1.claims.setClaim('a', 1); api.v1.claims.setClaim('big', 'x'.repeat(200000)); api.v1.claims.setClaim('b', 2)")))
		same(t, kinds(got), []string{"OK"})
		if len(got.Runs[0].Effects) != 3 || len(got.Runs[0].Effects[1].After) != 200002 {
			t.Errorf("%d effects", len(got.Runs[0].Effects))
		}
	})
}

func TestRequests(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then the end of the connection is noticed
		if r.URL.Path == "/slow" {
			<-r.Context().Done()
			return
		}
		fmt.Fprint(w, `{"token":"secret","plan":"team"}`)
	}))
	t.Cleanup(s.Close)
	e := start(t, script.Options{HTTP: script.Transport{Allow: []string{"127.0.0.0/8"}, MaxCalls: 3}})
	fetch := func(path string) script.Action {
		return action("const r = require('zitadel/http').fetch('" + s.URL + path + "', {method: 'POST', headers: {Authorization: 'Bearer x'}, body: {password: 'p'}}); api.v1.claims.setClaim('plan', r.json().plan)")
	}
	real := func(a script.Action) script.ChainRequest {
		req := request(a)
		req.HTTP.Mode = script.HTTPReal
		return req
	}
	t.Run("real", func(t *testing.T) {
		t.Parallel()
		r := run(t, e, real(fetch("/?code=1"))).Runs[0]
		same(t, effects(r), []string{`claims.plan="team"`})
		call := r.HTTP[0]
		if call.Duration <= 0 || r.Timing.HTTP <= 0 {
			t.Errorf("no time was taken: %+v", r.Timing)
		}
		call.Duration = 0
		same(t, call, models.HTTPCall{Method: "POST", URL: s.URL + "/?code=%E2%80%A2%E2%80%A2%E2%80%A2", Status: 200,
			Headers: map[string]string{"Authorization": "•••"}, RequestBody: `{"password":"•••"}`, ResponseBody: `{"plan":"team","token":"•••"}`})
	})
	t.Run("stub", func(t *testing.T) {
		t.Parallel()
		req := request(fetch("/"))
		req.HTTP.Stubs = []script.Stub{{URL: s.URL + "*", Body: `{"plan":"stubbed"}`}}
		r := run(t, e, req).Runs[0]
		same(t, effects(r), []string{`claims.plan="stubbed"`})
		if !r.HTTP[0].Stubbed {
			t.Error("the call is not marked")
		}
	})
	t.Run("nothing recorded", func(t *testing.T) {
		t.Parallel()
		got := run(t, e, request(fetch("/")))
		same(t, kinds(got), []string{"HOST"})
		if len(got.Runs[0].HTTP) != 1 || got.Runs[0].HTTP[0].Error == "" {
			t.Errorf("calls %+v", got.Runs[0].HTTP)
		}
	})
	t.Run("slow answer", func(t *testing.T) {
		t.Parallel()
		got := run(t, e, real(within(300*time.Millisecond, fetch("/slow"))))
		if k := got.Runs[0].Outcome.Kind; k != models.OutcomeTimeout && k != models.OutcomeHost {
			t.Errorf("outcome %+v", got.Runs[0].Outcome)
		}
	})
	t.Run("too many", func(t *testing.T) {
		t.Parallel()
		got := run(t, e, real(action("const h = require('zitadel/http'); for (let i = 0; i < 5; i++) h.fetch('"+s.URL+"/')")))
		same(t, kinds(got), []string{"HOST"})
		if len(got.Runs[0].HTTP) != 4 || !strings.Contains(got.Runs[0].Outcome.Message, "too many requests") {
			t.Errorf("%d calls, %s", len(got.Runs[0].HTTP), got.Runs[0].Outcome.Message)
		}
	})
}

func TestBusy(t *testing.T) {
	t.Parallel()
	var seen atomic.Int32
	e := start(t, script.Options{Workers: 1, Queue: 8, Observe: func(o script.Observation) {
		if o.Outcome == models.OutcomeBusy {
			seen.Add(1)
		}
	}})
	loop := request(within(3*time.Second, action("api.v1.claims.setClaim('a', 1); for (;;) {}")))
	begun := make(chan struct{})
	loop.Progress = func(p script.Progress) {
		if p.Effect != nil {
			close(begun)
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() { run(t, e, loop) })
	<-begun
	waiting := request(within(100*time.Millisecond, action("")))
	got := run(t, e, waiting)
	same(t, kinds(got), []string{"BUSY"})
	if !strings.Contains(got.Runs[0].Outcome.Message, "waiting") || seen.Load() != 1 {
		t.Errorf("outcome %+v, observed %d times", got.Runs[0].Outcome, seen.Load())
	}
	test := request(action(""))
	test.Test = true
	same(t, kinds(run(t, e, test)), []string{"OK"}) // it has workers of its own
	for range 2 {
		wg.Go(func() { run(t, e, request(action(""))) })
	}
	wg.Wait()
	if s := e.Stats(); s.Busy != 0 || s.Queue != 0 {
		t.Errorf("stats at rest %+v", s)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{})
	check := func(source string) script.CheckResult {
		got, err := e.Check(t.Context(), script.CheckRequest{Name: "f", Script: source, Trigger: models.PreUserinfo})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	good := check("function f(ctx, api) {}\nfunction g() {}")
	if !good.Parses || len(good.Problems) != 0 {
		t.Errorf("got %+v", good)
	}
	same(t, good.Functions, []string{"f", "g"})
	bad := check("function f(ctx, api) {\n  let = ;\n}")
	if bad.Parses || len(bad.Problems) == 0 || bad.Problems[0].Rule != models.RuleSyntax || bad.Problems[0].Line != 2 {
		t.Errorf("got %+v", bad)
	}
	for name, source := range map[string]string{
		"for ever":   "function f() {} " + strings.Repeat("(a=", 24) + "1" + strings.Repeat(")=>1", 24),
		"too deeply": "function f() {} " + strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6),
		"constants":  "function f() { return 1n << 99999999999n }",
	} {
		if got := check(source); got.Parses && name != "constants" {
			t.Errorf("%s: parses", name)
		}
	}
	if again := check("function f() {}"); !again.Parses {
		t.Errorf("afterwards %+v", again)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Check(ctx, script.CheckRequest{Script: "1"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled check: %v", err)
	}
}

func TestCloseCancelsWhatRuns(t *testing.T) {
	t.Parallel()
	e := start(t, script.Options{Workers: 1})
	req := request(action("api.v1.claims.setClaim('a', 1); for (;;) {}"))
	begun := make(chan struct{})
	req.Progress = func(p script.Progress) {
		if p.Effect != nil {
			close(begun)
		}
	}
	var got, waiting script.ChainResult
	var wg sync.WaitGroup
	wg.Go(func() { got = run(t, e, req) })
	<-begun
	wg.Go(func() { waiting = run(t, e, request(action(""))) })
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	same(t, kinds(got), []string{"CANCELLED"})
	same(t, kinds(waiting), []string{"CANCELLED"})
	same(t, kinds(run(t, e, request(action("")))), []string{"CANCELLED"})
	if s := e.Stats(); s.Workers != 0 {
		t.Errorf("stats after the end %+v", s)
	}
}

func TestLayersAreReported(t *testing.T) {
	t.Parallel()
	on := map[string]bool{}
	for _, l := range start(t, script.Options{}).Layers() {
		on[l.Name] = l.On
	}
	if !on["workers"] || len(on) < 4 {
		t.Errorf("layers %v", on)
	}
}
