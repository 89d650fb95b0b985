package vm_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
)

// kinds are the endings that a run may have inside a process.
var kinds = map[models.OutcomeKind]bool{
	models.OutcomeOK: true, models.OutcomeCompile: true, models.OutcomeException: true, models.OutcomeNoFunction: true,
	models.OutcomeTimeout: true, models.OutcomeRecursion: true, models.OutcomeResult: true, models.OutcomeHost: true,
}

// endure runs a script on a context and fails unless it ends in an orderly way.
func endure(t *testing.T, slug models.Slug, encoded vm.Context, script string, strict bool) {
	t.Helper()
	state := vm.NewState(encoded)
	h := newHost(encoded)
	h.fetch = func(_ context.Context, r vm.FetchRequest) (vm.FetchResponse, error) {
		return vm.FetchResponse{Status: 200, Header: map[string][]string{"X": {"y"}}, Body: []byte(`{"a":[1,{"b":null}]}`)}, nil
	}
	res := h.run(t, vm.NewRunner(vm.Options{}), state, vm.Job{Name: "t", Script: script, Strict: strict, Timeout: 100 * time.Millisecond})
	if !kinds[res.Outcome.Kind] {
		t.Errorf("ended as %s: %s", res.Outcome.Kind, res.Outcome.Message)
	}
	if (res.Outcome.Kind == models.OutcomeOK) != (res.Outcome.Message == "") {
		t.Errorf("%s with message %q", res.Outcome.Kind, res.Outcome.Message)
	}
	h.compare(t, state)
	if text, err := json.Marshal(vm.Finish(state)); err != nil {
		t.Errorf("the result is not JSON: %v in %s", err, text)
	}
}

// unbounded finds what only a process of its own contains: numbers that make
// built-in functions work for minutes, and parameters that the parser reads
// again and again.
var unbounded = regexp.MustCompile(`[0-9_]{5,}|[0-9][eE]|0[xXbBoO]|\*\*|<<|n\b|\\u|Number|Infinity|repeat|pad|fill|Array|Buffer|length|[Rr]eg[eE]xp|raw`)

func triggerAt(i uint8) models.Slug {
	list := models.Triggers()
	return list[int(i)%len(list)].Slug
}

func encodedSample(t testing.TB, slug models.Slug) vm.Context {
	t.Helper()
	encoded, err := vm.EncodeContext(slug, nil)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func FuzzScript(f *testing.F) {
	files, _ := filepath.Glob("testdata/actions/*/*.js")
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".js")
		f.Add(strings.ReplaceAll(string(text), "function "+name, "function t"), uint8(i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, script string, trigger uint8, strict bool) {
		if len(script) > 2000 || strings.Count(script, "=>") > 6 || unbounded.MatchString(script) {
			return
		}
		slug := triggerAt(trigger)
		endure(t, slug, encodedSample(t, slug), script, strict)
	})
}

func FuzzGrammar(f *testing.F) {
	for i := range 40 {
		seed := make([]byte, 60)
		for k := range seed {
			seed[k] = byte(i*31 + k*17 + i*k)
		}
		f.Add(seed, uint8(i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, choices []byte, trigger uint8, strict bool) {
		slug := triggerAt(trigger)
		endure(t, slug, encodedSample(t, slug), newGrammar(slug, choices).script(), strict)
	})
}

func FuzzContext(f *testing.F) {
	for i, trigger := range models.Triggers() {
		for _, s := range vm.Samples(trigger.Slug) {
			f.Add([]byte(s.JSON), uint8(i))
		}
	}
	f.Add([]byte(`{"ctx":{"v1":{"claims":{"a":1,"a":2}}},"$orgMetadata":{}}`), uint8(6))
	script := strings.Replace(walker, "OPEN", `{"api":true}`, 1)
	f.Fuzz(func(t *testing.T, text []byte, trigger uint8) {
		slug := triggerAt(trigger)
		encoded, err := vm.EncodeContext(slug, text)
		if err != nil {
			if models.RuleOf(err) != models.RuleContextInvalid {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if len(text) > 0 && !json.Valid(text) {
			t.Errorf("accepted what is not JSON: %q", text)
		}
		endure(t, slug, encoded, script, false)
	})
}

func FuzzApply(f *testing.F) {
	f.Add(uint8(1), "k", 0, []byte(`1`), uint8(6))
	f.Add(uint8(7), "k", 0, []byte(`{"projectId":"p"}`), uint8(2))
	f.Add(uint8(9), "k", 0, []byte(`{"nameFormat":"","values":["a"]}`), uint8(8))
	f.Fuzz(func(t *testing.T, kind uint8, key string, index int, value []byte, trigger uint8) {
		state := vm.NewState(encodedSample(t, triggerAt(trigger)))
		state.Begin("t", false)
		for range 3 {
			e, err := state.Apply(vm.Op{Kind: vm.OpKind(kind), Key: key, Index: index, Value: value})
			if err == nil && (e.Path == "" || e.Change == "") {
				t.Errorf("effect without path or change: %v", e)
			}
			index--
		}
		state.End()
		if _, err := json.Marshal(vm.Finish(state)); err != nil {
			t.Errorf("the result is not JSON: %v", err)
		}
	})
}
