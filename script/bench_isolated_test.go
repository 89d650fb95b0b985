package script_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script"
)

// benchEngine may reach loopback and lets one organization have all workers.
func benchEngine(tb testing.TB) script.Engine {
	return start(tb, script.Options{Workers: 2, OrgShare: 2, HTTP: script.Transport{Allow: []string{"127.0.0.0/8"}}})
}

func benchRequest(sample json.RawMessage, actions ...script.Action) script.ChainRequest {
	return script.ChainRequest{OrgID: "bench", Trigger: models.PreUserinfo, Context: sample,
		HTTP: script.HTTPOptions{Mode: script.HTTPReal}, Actions: actions}
}

// BenchmarkTwoCallers is throughput (P4): two callers at a time, two workers.
func BenchmarkTwoCallers(b *testing.B) {
	sample := benchContext(b)
	for _, w := range workloads(b) {
		if w.id == "S0" {
			continue
		}
		b.Run("script="+w.id+"/impl=naive", func(b *testing.B) { twoCallers(b, w, naiveRunner(b), naiveRunner(b)) })
		b.Run("script="+w.id+"/impl=isolated", func(b *testing.B) {
			e := benchEngine(b)
			isolated := func(w workload) (json.RawMessage, error) {
				got, err := e.RunChain(context.Background(), benchRequest(sample, script.Action{Name: w.function, Script: w.script}))
				return got.Outcome.Claims, err
			}
			twoCallers(b, w, isolated, isolated)
		})
	}
}

func twoCallers(b *testing.B, w workload, callers ...runner) {
	for range 20 {
		for _, run := range callers {
			if _, err := run(w); err != nil {
				b.Fatal(err)
			}
		}
	}
	begun := cpuTime()
	b.ResetTimer()
	var wg sync.WaitGroup
	for half, run := range callers {
		wg.Go(func() {
			for range (b.N + half) / len(callers) {
				if _, err := run(w); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(cpuTime()-begun)/float64(b.N), "cpu-ns/op")
}

// BenchmarkLatency reports the percentiles of one caller's runs (P5, P6).
func BenchmarkLatency(b *testing.B) {
	sample := benchContext(b)
	w := workloads(b)[1]
	b.Run("script=S1/impl=naive", func(b *testing.B) { latency(b, w, naiveRunner(b)) })
	b.Run("script=S1/impl=isolated", func(b *testing.B) { latency(b, w, isolatedRunner(b, sample)) })
}

func latency(b *testing.B, w workload, run runner) {
	for range 20 {
		if _, err := run(w); err != nil {
			b.Fatal(err)
		}
	}
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	for i := range took {
		begun := time.Now()
		if _, err := run(w); err != nil {
			b.Fatal(err)
		}
		took[i] = time.Since(begun)
	}
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns")
}

// BenchmarkChain is a chain of so many S1 in one message.
func BenchmarkChain(b *testing.B) {
	sample := benchContext(b)
	w := workloads(b)[1]
	for _, n := range []int{1, 10} {
		b.Run("actions="+strconv.Itoa(n), func(b *testing.B) {
			e := benchEngine(b)
			actions := make([]script.Action, n)
			for i := range actions {
				actions[i] = script.Action{Name: w.function, Script: w.script}
			}
			begun := cpuTime()
			for b.Loop() {
				got, err := e.RunChain(context.Background(), benchRequest(sample, actions...))
				if err != nil || !got.Completed {
					b.Fatal(err, got)
				}
			}
			b.ReportMetric(float64(cpuTime()-begun)/float64(b.N), "cpu-ns/op")
		})
	}
}

// BenchmarkFreshContext is a run whose context was never seen before.
func BenchmarkFreshContext(b *testing.B) {
	sample := string(benchContext(b))
	w := workloads(b)[1]
	e := benchEngine(b)
	n := 0
	for b.Loop() {
		n++
		fresh := json.RawMessage(fmt.Sprintf(`{"note":"%d",%s`, n, sample[1:]))
		if _, err := e.RunChain(context.Background(), benchRequest(fresh, script.Action{Name: w.function, Script: w.script})); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart is from no process to the end of the first run (P7).
func BenchmarkStart(b *testing.B) {
	sample := benchContext(b)
	w := workloads(b)[1]
	for b.Loop() {
		e, err := script.New(script.Options{Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.RunChain(context.Background(), benchRequest(sample, script.Action{Name: w.function, Script: w.script})); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		_ = e.Close()
		b.StartTimer()
	}
}
