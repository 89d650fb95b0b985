package script

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"flowbench/models"
)

// siegeTime is how long the suites that need a whole engine under load run.
func siegeTime() time.Duration {
	if full() {
		return time.Minute
	}
	return 5 * time.Second
}

// caller runs one action after the other until the end and keeps how long each
// took.
func caller(ctx context.Context, e Engine, org string, next func() Action, judge func(models.RunResult)) (took []time.Duration) {
	for ctx.Err() == nil {
		begun := time.Now()
		// The chain must not be cancelled when the time is over: each answer counts.
		got, err := e.RunChain(context.Background(), ChainRequest{OrgID: org, Trigger: models.PreUserinfo, Actions: []Action{next()}})
		if err != nil {
			judge(models.RunResult{Outcome: models.Outcome{Kind: "error", Message: err.Error()}})
			continue
		}
		took = append(took, time.Since(begun))
		judge(got.Runs[0])
	}
	return took
}

func percentile(took []time.Duration, p float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, int(p*float64(len(took))))]
}

func ordinaryAction() Action {
	return Action{Name: "ordinary", Script: ordinary, Timeout: 10 * time.Second}
}

// TestContainmentUnderHostileLoad lets four callers of one organization run
// attacks while a fifth, of another, runs an ordinary script.
func TestContainmentUnderHostileLoad(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	failures := func(r models.RunResult) {
		if err := judgeOrdinary(r); err != nil {
			t.Error(err)
		}
	}
	quiet, cancel := context.WithTimeout(t.Context(), siegeTime()/5)
	defer cancel()
	calm := caller(quiet, e, "ordinary", ordinaryAction, failures)
	before := ownMemory()
	siege, cancel := context.WithTimeout(t.Context(), siegeTime())
	defer cancel()
	var wg sync.WaitGroup
	var mu sync.Mutex
	endings := map[models.OutcomeKind]int{}
	for range 4 {
		wg.Go(func() {
			caller(siege, e, "hostile", anyAttack, func(r models.RunResult) {
				mu.Lock()
				defer mu.Unlock()
				endings[r.Outcome.Kind]++
			})
		})
	}
	besieged := caller(siege, e, "ordinary", ordinaryAction, failures)
	wg.Wait()
	if len(besieged) < 10 || endings["error"] > 0 || endings[models.OutcomeCrashed] > 0 {
		t.Errorf("%d ordinary runs, hostile endings %v", len(besieged), endings)
	}
	after := settledMemory(before)
	if before > 0 && after > before+before/5+8<<20 {
		t.Errorf("memory of the server grew from %d to %d MiB", before>>20, after>>20)
	}
	fmt.Printf("hostile load for %s: ordinary runs p50 %s, p99 %s (%d); without the attack p50 %s, p99 %s (%d); hostile endings %v; server memory %d MiB before, %d MiB after\n",
		siegeTime(), percentile(besieged, .5), percentile(besieged, .99), len(besieged),
		percentile(calm, .5), percentile(calm, .99), len(calm), endings, before>>20, after>>20)
}

func anyAttack() Action {
	for {
		if a := attacks[rand.IntN(len(attacks))]; a.family != "innocent" {
			return a.action(300 * time.Millisecond)
		}
	}
}

// TestContainmentWhenWorkersAreKilled ends random workers from outside while
// four callers run chains: each gets an outcome, and nothing stays behind.
func TestContainmentWhenWorkersAreKilled(t *testing.T) {
	processes, files, goroutines := children(), descriptors(), runtime.NumGoroutine()
	e, err := New(Options{Workers: 3})
	if err != nil {
		t.Fatal(err)
	}
	siege, cancel := context.WithTimeout(t.Context(), siegeTime())
	defer cancel()
	var wg sync.WaitGroup
	var mu sync.Mutex
	endings := map[models.OutcomeKind]int{}
	for i := range 4 {
		wg.Go(func() {
			caller(siege, e, fmt.Sprint("org", i), busyAction, func(r models.RunResult) {
				mu.Lock()
				defer mu.Unlock()
				endings[r.Outcome.Kind]++
			})
		})
	}
	killed := 0
	for siege.Err() == nil {
		killed += killOne(processes)
		time.Sleep(time.Duration(50+rand.IntN(200)) * time.Millisecond)
	}
	wg.Wait()
	runOrdinary(t, e)
	respawns := e.Stats().Respawns
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	for kind := range endings {
		if kind != models.OutcomeOK && kind != models.OutcomeCrashed {
			t.Errorf("a run ended as %s", kind)
		}
	}
	if endings[models.OutcomeOK] == 0 || killed > 0 && respawns == 0 {
		t.Errorf("endings %v, %d killed, %d replaced", endings, killed, respawns)
	}
	fmt.Printf("kill -9 for %s: %d workers killed, %d replaced, endings %v\n", siegeTime(), killed, respawns, endings)
	leftBehind(t, "processes", len(processes), func() int { return len(children()) })
	leftBehind(t, "descriptors", files, descriptors)
	leftBehind(t, "goroutines", goroutines, runtime.NumGoroutine)
}

// busyAction takes a few milliseconds and has an effect.
func busyAction() Action {
	return Action{Name: "f", Timeout: 10 * time.Second, Script: `function f(ctx, api) {
  api.v1.claims.setClaim('a', 1); let n = 0; for (let i = 0; i < 20000; i++) n += i; api.v1.claims.setClaim('b', n) }`}
}

// leftBehind waits for a count to come back to where it was.
func leftBehind(t *testing.T, what string, before int, count func() int) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for count() > before && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if n := count(); n > before {
		t.Errorf("%d %s before, %d after", before, what, n)
	}
}

// settledMemory gives the collector a while to return what it can.
func settledMemory(goal uint64) uint64 {
	var now uint64
	for range 10 {
		runtime.GC()
		if now = ownMemory(); now <= goal {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return now
}

func descriptors() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}
