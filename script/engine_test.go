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

	"flowbench/models"
	"flowbench/script"
)

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
		if call.RequestSize == 0 || call.ResponseSize == 0 {
			t.Errorf("sizes are missing: %+v", call)
		}
		call.Duration, call.RequestSize, call.ResponseSize = 0, 0, 0
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
