package vm_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
)

// ending is what a run's outcome must say.
type ending struct {
	kind         models.OutcomeKind
	message      string // part of it
	line, column int
}

func check(t *testing.T, o models.Outcome, want ending) {
	t.Helper()
	if o.Kind != want.kind || !strings.Contains(o.Message, want.message) || o.Line != want.line || o.Column != want.column {
		t.Errorf("got %s %q at %d:%d, want %s %q at %d:%d", o.Kind, o.Message, o.Line, o.Column, want.kind, want.message, want.line, want.column)
	}
}

func TestEndings(t *testing.T) {
	t.Parallel()
	const exception, host = models.OutcomeException, models.OutcomeHost
	for _, c := range []struct {
		name, script string
		want, strict ending // strict: only if it differs
	}{
		{"text thrown", "function t() { throw 'x' }", ending{exception, "x at t (<eval>:1:16(", 1, 16}, ending{}},
		{"error thrown", "\nfunction t() {\n  throw new Error('m') }", ending{exception, "Error: m at t (<eval>:3:9(", 3, 9}, ending{}},
		{"named error", "class Gone extends Error { get name() { return 'Gone' } }\nfunction t() { throw new Gone('m') }", ending{exception, "Gone: m at t (<eval>:2:22(", 2, 22}, ending{}},
		{"object thrown", "function t() { throw {message: 'm'} }", ending{exception, "[object Object] at t (", 1, 16}, ending{}},
		{"object with its own text", "function t() { throw {toString: () => 'own'} }", ending{exception, "own at t (", 1, 16}, ending{}},
		{"nothing thrown", "function t() { throw undefined }", ending{exception, "undefined at t (", 1, 16}, ending{}},
		{"member of undefined", "function t(ctx) {\n  ctx.v1.nope.x }", ending{exception, "TypeError: Cannot read property 'x' of undefined at t (<eval>:2:15(", 2, 15}, ending{}},
		{"member of null", "function t(ctx) { ctx.v1.actor.x }", ending{exception, "Cannot read property 'x' of undefined", 1, 32}, ending{}},
		{"missing host member", "function t(ctx, api) { api.nope() }", ending{exception, "TypeError: Object has no member 'nope' at t (", 1, 32}, ending{}},
		{"missing member of a record", "function t(ctx, api) { ctx.v1.getUser().nope() }", ending{exception, "TypeError: Object has no member 'nope' at t (", 1, 45}, ending{}},
		{"at top level", "let a = 1;\nnull.x", ending{exception, "TypeError: Cannot read property 'x' of undefined at <eval>:2:6(", 2, 6}, ending{}},
		{"unknown name", "function t() {\n\n  nope() }", ending{exception, "ReferenceError: nope is not defined at t (<eval>:3:7(", 3, 7}, ending{}},
		{"syntax", "function t() {\n  let a = ; }", ending{models.OutcomeCompile, "SyntaxError: SyntaxError: (anonymous): Line 2:11 Unexpected token ;", 2, 11}, ending{}},
		{"several syntax errors", "let a = ;\nlet b = ;\nfunction t() {}", ending{models.OutcomeCompile, "Line 1:9 Unexpected token ;", 1, 9}, ending{}},
		{"early error", "function t() { let a; let a }", ending{models.OutcomeCompile, "SyntaxError: ", 1, 27}, ending{}},
		{"syntax of eval", "function t() {\n  eval('let = = ') }", ending{exception, "SyntaxError", 2, 7}, ending{}},
		{"error inside eval", "function t() {\n  eval('\\n\\n\\nnull.x') }", ending{exception, "TypeError", 2, 7}, ending{}},
		{"host failure inside eval", "function t(ctx, api) {\n\n  eval('api.v1.user.setMetadata(1)') }", ending{host, "exactly 2", 3, 7}, ending{}},
		{"no function", "function other() {}", ending{models.OutcomeNoFunction, "function not found: t", 0, 0}, ending{models.OutcomeNoFunction, "function not found", 0, 0}},
		{"not a function", "var t = 5", ending{models.OutcomeNoFunction, "could not convert 5 to", 0, 0}, ending{}},
		{"value returned", "function t() { return 7 }", ending{models.OutcomeResult, "could not convert 7 to error", 0, 0}, ending{}},
		{"generator", "function* t() { throw 'never' }", ending{models.OutcomeResult, "could not convert [object Generator] to error", 0, 0}, ending{}},
		{"async function", "async function t() {}", ending{models.OutcomeResult, "could not convert [object Promise] to error", 0, 0}, ending{}},
		{"rejected async function", "async function t() {\n  await null;\n  throw new RangeError('later') }",
			ending{models.OutcomeResult, "could not convert [object Promise] to error: rejected with RangeError: later", 3, 9},
			ending{models.OutcomeResult, "could not convert [object Promise] to error", 3, 9}},
		{"host failure", "function t(ctx, api) {\n  api.v1.user.setMetadata('k') }", ending{host, "exactly 2 (key, value) arguments expected", 2, 26}, ending{}},
		{"host failure inside a callback", "function t(ctx, api) {\n  [1].forEach(() => {\n    api.v1.user.setMetadata(7, 7) }) }", ending{host, "key must be a string", 3, 28}, ending{}},
		{"module at top level", "\nrequire('nope')", ending{exception, "GoError: Invalid module at require (native)", 2, 8}, ending{}},
		{"module in a function", "function t() { require('fs') }", ending{exception, "Invalid module", 1, 23}, ending{}},
		{"uuid arguments", "function t() { require('zitadel/uuid').v4(1) }", ending{host, "invalid arg count", 1, 42}, ending{}},
		{"uuid namespace", "function t() { require('zitadel/uuid').v5('x', 'y') }", ending{host, "invalid UUID length: 1", 1, 42}, ending{}},
		{"fetch without address", "function t() { require('zitadel/http').fetch() }", ending{host, "no url provided", 1, 45}, ending{}},
		{"fetch with too much", "function t() { require('zitadel/http').fetch('a', {}, 3) }", ending{host, "too many args", 1, 45}, ending{}},
		{"fetch with null options", "function t() { require('zitadel/http').fetch('a', null) }", ending{exception, "TypeError", 1, 45}, ending{}},
		{"fetch with odd option", "function t() { require('zitadel/http').fetch('a', {mode: 1}) }", ending{host, "ID=ACTIO-OfUeA Message=key is invalid", 1, 45}, ending{}},
		{"recursion", "function t() { t() }", ending{models.OutcomeRecursion, "RangeError: Maximum call stack size exceeded at t (<eval>:1:", 1, 17}, ending{}},
		{"recursion cannot be caught", "function t() { try { t() } catch (e) {} }", ending{models.OutcomeRecursion, "Maximum call stack size exceeded", 1, 23}, ending{}},
		{"error whose text fails", "function t() { throw {toString() { throw 1 }} }", ending{exception, "1 at toString (", 1, 36}, ending{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: c.script})
			check(t, res.Outcome, c.want)
			want := c.want
			if c.strict.kind != "" {
				want = c.strict
			}
			_, res = runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: c.script, Strict: true})
			check(t, res.Outcome, want)
			if c.want.line > 0 && res.Outcome.Snippet != strings.Split(c.script, "\n")[c.want.line-1] {
				t.Errorf("snippet %q", res.Outcome.Snippet)
			}
		})
	}
}

func TestHostFailuresAreCaughtUnlessStrict(t *testing.T) {
	t.Parallel()
	const script = `function t(ctx, api) {
  try { api.v1.user.setMetadata('k') } catch (e) { api.v1.claims.setClaim('caught', [e instanceof Error, e.message]) }
  finally { api.v1.claims.setClaim('finally', true) } }`
	h, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script})
	if !res.Outcome.OK() || len(h.effects) != 2 || string(h.effects[0].After) != `[true,"exactly 2 (key, value) arguments expected"]` {
		t.Errorf("%v %v", res.Outcome, h.effects)
	}
	h, res = runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script, Strict: true})
	if res.Outcome.Kind != models.OutcomeHost || len(h.effects) != 0 {
		t.Errorf("strict: %v %v", res.Outcome, h.effects)
	}
}

func TestUnhandledRejectionIsLoggedUnlessStrict(t *testing.T) {
	t.Parallel()
	const script = "function t() { Promise.resolve().then(() => {\n  throw new TypeError('lost') });\n Promise.reject(1).catch(() => {}) }"
	h, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script})
	if !res.Outcome.OK() || len(h.lines) != 1 || h.lines[0].Message != "unhandled promise rejection: TypeError: lost at line 2, column 9" || h.lines[0].Level != models.LevelWarn {
		t.Errorf("%v %v", res.Outcome, h.lines)
	}
	h, _ = runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script, Strict: true})
	if len(h.lines) != 0 {
		t.Errorf("strict: %v", h.lines)
	}
}

func TestTimeLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, script string
		called       int
		want         ending
	}{
		{"call", "function t() {\n  for (let i = 0;; i++) {} }", 1, ending{models.OutcomeTimeout, "interrupt at t (<eval>:2:", 2, 0}},
		{"load", "for (;;) {}", 0, ending{models.OutcomeTimeout, "interrupt at <eval>:1:", 1, 0}},
		{"finally that loops", "function t() { try { for (;;) {} } finally { for (;;) {} } }", 1, ending{models.OutcomeTimeout, "interrupt at t", 1, 0}},
		{"promise jobs", "function t() { const f = () => Promise.resolve().then(f); f() }", 1, ending{models.OutcomeTimeout, "interrupt", 1, 0}},
		{"getter read by the host", "function t(ctx, api) { api.v1.claims.setClaim('x', {get y() { for (;;) {} }}) }", 1, ending{models.OutcomeTimeout, "interrupt at", 1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: c.script, Timeout: 50 * time.Millisecond})
			c.want.column = res.Outcome.Column
			check(t, res.Outcome, c.want)
			if h.called != c.called || !res.Spoilt {
				t.Errorf("called %d times, spoilt %v", h.called, res.Spoilt)
			}
		})
	}
}

func TestLimitsOfTheCall(t *testing.T) {
	t.Parallel()
	for timeout, want := range map[time.Duration][2]time.Duration{
		0:                {20 * time.Second, 5 * time.Second},
		-1:               {20 * time.Second, 5 * time.Second},
		time.Second:      {time.Second, time.Second},
		19 * time.Second: {19 * time.Second, 5 * time.Second},
		20 * time.Second: {20 * time.Second, 5 * time.Second},
		time.Minute:      {20 * time.Second, 5 * time.Second},
	} {
		if j := (vm.Job{Timeout: timeout}); j.Limit() != want[0] || j.LoadLimit() != want[1] {
			t.Errorf("%v: limits %v and %v, want %v", timeout, j.Limit(), j.LoadLimit(), want)
		}
	}
}

func TestCancelledRunsSaySo(t *testing.T) {
	t.Parallel()
	encoded, err := vm.EncodeContext(models.PreUserinfo, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	h := newHost(encoded)
	h.fetch = func(context.Context, vm.FetchRequest) (vm.FetchResponse, error) {
		cancel()
		return vm.FetchResponse{}, errors.New("gone")
	}
	res := vm.NewRunner(vm.Options{}).Run(ctx, vm.Job{Name: "t", Script: "function t() { try { require('zitadel/http').fetch('x') } catch {} for (;;) {} }"}, vm.NewState(encoded), h)
	if res.Outcome.Kind != models.OutcomeCancelled {
		t.Errorf("got %v", res.Outcome)
	}
}

func TestMemoryLimitEndsTheRun(t *testing.T) {
	encoded, err := vm.EncodeContext(models.PreUserinfo, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := vm.NewRunner(vm.Options{Memory: 64 << 20})
	res := r.Run(context.Background(), vm.Job{Name: "t", Script: "function t() { const a = []; for (;;) a.push({x: [1, 2, 3]}) }"}, vm.NewState(encoded), newHost(encoded))
	if res.Outcome.Kind != models.OutcomeMemory || !strings.Contains(res.Outcome.Message, "64 MiB") || res.Outcome.Line != 1 {
		t.Errorf("got %v", res.Outcome)
	}
}

func TestAPanicOfTheHostIsAFailedRun(t *testing.T) {
	t.Parallel()
	encoded, err := vm.EncodeContext(models.PreUserinfo, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(encoded)
	h.fetch = func(context.Context, vm.FetchRequest) (vm.FetchResponse, error) { panic("boom") }
	res := vm.NewRunner(vm.Options{}).Run(context.Background(), vm.Job{Name: "t", Script: "function t() { try { require('zitadel/http').fetch('x') } catch {} }"}, vm.NewState(encoded), h)
	if res.Outcome.Kind != models.OutcomeHost || !strings.Contains(res.Outcome.Message, "boom") {
		t.Errorf("got %v", res.Outcome)
	}
}

func TestSourceMapsAreNotRead(t *testing.T) {
	t.Parallel()
	for _, script := range []string{
		"function t() {}\n//# sourceMappingURL=/etc/hostname",
		"function t() { eval('1\\n//# sourceMappingURL=/etc/hostname'); new Function('//# sourceMappingURL=/etc/hostname')() }",
	} {
		if _, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script}); !res.Outcome.OK() {
			t.Errorf("got %v", res.Outcome)
		}
	}
}

func TestTooManyEffectsEndTheRun(t *testing.T) {
	t.Parallel()
	for _, script := range []string{
		"function t(ctx, api) { for (let i = 0; ; i++) { try { api.v1.claims.appendLogIntoClaims('x') } catch (e) {} } }",
		"function t(ctx, api) { const s = 'x'.repeat(100000); for (let i = 0; ; i++) api.v1.claims.setClaim('k' + i, s) }",
		"function t(ctx, api) { const a = []; a.length = 4e9; api.v1.claims.setClaim('a', a) }",
		"function t(ctx, api) { api.v1.claims.setClaim('a', 'x'.repeat(3 << 20)) }",
	} {
		_, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Script: script})
		if res.Outcome.Kind != models.OutcomeHost && res.Outcome.Kind != models.OutcomeResult {
			t.Errorf("%s: got %v", script, res.Outcome)
		}
	}
}

func TestContextsAreChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		slug          models.Slug
		context, path string
	}{
		{models.PreUserinfo, `{"ctx":{"v1":{"getUser()":{"id":5}}}}`, "at ctx.v1.getUser().id must be a string"},
		{models.PreUserinfo, `{"ctx":{"v1":{"user":{"grants":{"grants":[{"roles":["a"]},{"roles":[1]}]}}}}}`, "at ctx.v1.user.grants.grants[1].roles[0] must be a string"},
		{models.PreUserinfo, `{"ctx":{"v1":{"nope":1}}}`, "at ctx.v1.nope is not a member"},
		{models.PreUserinfo, `{"ctx":{"v1":{"getUser()":{"creationDate":"yesterday"}}}}`, "at ctx.v1.getUser().creationDate must be a time"},
		{models.PreUserinfo, `{"ctx":{"v1":{"claims":[]}}}`, "at ctx.v1.claims must be an object"},
		{models.PreUserinfo, `{"ctx":`, "must be an object"},
		{models.PreUserinfo, `{"ctx":{}} x`, "is not valid JSON"},
		{models.PreUserinfo, `[]`, "must be an object"},
		{models.ExternalPreCreation, `{"ctx":{"v1":{"authRequest":{"browserInfo":{"remoteIp":"home"}}}}}`, "must be an IP address"},
		{models.ExternalPreCreation, `{"state":{"metadata":[{"key":1}]}}`, "at state.metadata[0].key must be a string"},
		{models.PreUserinfo, strings.Repeat(`{"ctx":`, 300), "is not a member"},
		{models.PreUserinfo, `{"state":{"customClaims":{"a":` + strings.Repeat("[", 300), "is nested too deeply"},
	} {
		_, err := vm.EncodeContext(c.slug, json.RawMessage(c.context))
		if models.RuleOf(err) != models.RuleContextInvalid || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%.60s: %v, want %q", c.context, err, c.path)
		}
	}
	if _, err := vm.EncodeContext("nope", nil); models.RuleOf(err) != models.RuleTriggerUnknown {
		t.Errorf("unknown trigger: %v", err)
	}
}

func TestPartialContextsAreZeroElsewhere(t *testing.T) {
	t.Parallel()
	for _, slug := range []models.Slug{models.PreUserinfo, models.ExternalPostAuthentication, models.PreSAMLResponse, models.InternalPreCreation} {
		for _, context := range []string{`{}`, `{"ctx":{"v1":{}}}`, `{"ctx":null,"state":null}`} {
			_, res := runOn(t, slug, json.RawMessage(context), vm.Job{Name: "t", Script: strings.Replace(walker, "OPEN", `{"api":true}`, 1)})
			if !res.Outcome.OK() {
				t.Errorf("%s %s: %v", slug, context, res.Outcome)
			}
		}
	}
}
