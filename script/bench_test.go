package script_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script"
	"flowbench/script/vm"
)

// BenchmarkRun runs the workloads on the yardstick and on our two engines; the
// ratios between the columns are what counts.
func BenchmarkRun(b *testing.B) {
	context := benchContext(b)
	for _, w := range workloads(b) {
		b.Run("script="+w.id+"/impl=naive", func(b *testing.B) { measure(b, w, naiveRunner(b)) })
		b.Run("script="+w.id+"/impl=inprocess", func(b *testing.B) { measure(b, w, inprocessRunner(b, context)) })
		b.Run("script="+w.id+"/impl=isolated", func(b *testing.B) { measure(b, w, isolatedRunner(b, context)) })
	}
}

// runner runs a workload once and returns the custom claims.
type runner func(w workload) (json.RawMessage, error)

func measure(b *testing.B, w workload, run runner) {
	claims, err := run(w)
	if err != nil {
		b.Fatal(err)
	}
	w.verify(b, claims)
	b.ReportAllocs()
	begun := cpuTime()
	b.ResetTimer()
	for range b.N {
		if _, err := run(w); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(cpuTime()-begun)/float64(b.N), "cpu-ns/op")
}

func naiveRunner(tb testing.TB) runner {
	n := newNaive(tb)
	return func(w workload) (json.RawMessage, error) { return n.run(w.function, w.script) }
}

func inprocessRunner(tb testing.TB, sample json.RawMessage) runner {
	encoded, err := vm.EncodeContext(models.PreUserinfo, sample)
	if err != nil {
		tb.Fatal(err)
	}
	r := vm.NewRunner(vm.Options{})
	return func(w workload) (json.RawMessage, error) {
		state := vm.NewState(encoded)
		res := r.Run(context.Background(), vm.Job{Name: w.function, Script: w.script}, state, loopbackHost{})
		if !res.Outcome.OK() {
			return nil, outcomeError(res.Outcome)
		}
		return vm.Finish(state).Claims, nil
	}
}

func isolatedRunner(tb testing.TB, sample json.RawMessage) runner {
	e := start(tb, script.Options{HTTP: script.Transport{Allow: []string{"127.0.0.0/8"}}})
	return func(w workload) (json.RawMessage, error) {
		got, err := e.RunChain(context.Background(), script.ChainRequest{OrgID: "bench", Trigger: models.PreUserinfo, Context: sample,
			HTTP: script.HTTPOptions{Mode: script.HTTPReal}, Actions: []script.Action{{Name: w.function, Script: w.script}}})
		if err == nil && !got.Completed {
			err = outcomeError(got.Runs[0].Outcome)
		}
		return got.Outcome.Claims, err
	}
}

type outcomeError models.Outcome

func (e outcomeError) Error() string { return string(e.Kind) + ": " + e.Message }

// loopbackHost answers requests directly and drops the rest.
type loopbackHost struct{}

func (loopbackHost) Called()                                 {}
func (loopbackHost) Effect(vm.Op)                            {}
func (loopbackHost) Log(models.Level, time.Duration, string) {}

func (loopbackHost) Fetch(r vm.FetchRequest) (vm.FetchResponse, error) {
	req, err := http.NewRequest(r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return vm.FetchResponse{}, err
	}
	req.Header = r.Header
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return vm.FetchResponse{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return vm.FetchResponse{Status: res.StatusCode, Header: res.Header, Body: body}, err
}

func TestWorkloadsGiveTheSameOnEveryEngine(t *testing.T) {
	t.Parallel()
	sample := benchContext(t)
	engines := map[string]runner{"naive": naiveRunner(t), "inprocess": inprocessRunner(t, sample), "isolated": isolatedRunner(t, sample)}
	for _, w := range workloads(t) {
		for name, run := range engines {
			claims, err := run(w)
			if err != nil {
				t.Fatalf("%s on %s: %v", w.id, name, err)
			}
			w.verify(t, claims)
		}
	}
}
