package script

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"
)

// testLane has processes that do nothing and live until the test is over.
func testLane(size, share, queue int) *lane {
	return &lane{
		size: size, share: share, queue: queue, held: map[string]int{}, log: slog.New(slog.DiscardHandler),
		start:    func() (*process, error) { return &process{dead: make(chan struct{})}, nil },
		replaced: func() {},
	}
}

func take(t *testing.T, l *lane, org string) *process {
	t.Helper()
	p, err := l.acquire(t.Context(), org, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// await waits until so many are in the queue.
func await(t *testing.T, l *lane, waiting int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); l.stats().Queue != waiting; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d wait, want %d", l.stats().Queue, waiting)
		}
	}
}

func TestLaneStartsNoMoreThanItsSize(t *testing.T) {
	t.Parallel()
	l := testLane(2, 2, 10)
	var started atomic.Int32
	start := l.start
	l.start = func() (*process, error) { started.Add(1); return start() }
	a, b := take(t, l, "x"), take(t, l, "x")
	if _, err := l.acquire(t.Context(), "x", 20*time.Millisecond); !errors.Is(err, errBusy) {
		t.Errorf("third worker: %v", err)
	}
	l.release("x", a)
	l.release("x", b)
	if again := take(t, l, "x"); again != b {
		t.Error("the worker used last is not taken first")
	}
	if n := started.Load(); n != 2 {
		t.Errorf("%d were started", n)
	}
}

func TestLaneKeepsOrganizationsApart(t *testing.T) {
	t.Parallel()
	l := testLane(2, 1, 10)
	a := take(t, l, "greedy")
	if _, err := l.acquire(t.Context(), "greedy", 20*time.Millisecond); !errors.Is(err, errBusy) {
		t.Errorf("second worker of the same: %v", err)
	}
	other := take(t, l, "other")
	l.release("greedy", a)
	l.release("greedy", take(t, l, "greedy"))
	l.release("other", other)
	if s := l.stats(); s.Busy != 0 || s.Workers != 2 {
		t.Errorf("stats %+v", s)
	}
}

func TestLaneServesWhoHoldsLeast(t *testing.T) {
	t.Parallel()
	l := testLane(2, 2, 40)
	first, second := take(t, l, "greedy"), take(t, l, "greedy")
	order := make(chan string, 3)
	wait := func(org string) {
		go func() {
			take(t, l, org)
			order <- org
		}()
	}
	wait("greedy")
	await(t, l, 1)
	wait("modest")
	await(t, l, 2)
	l.release("greedy", first)
	if org := <-order; org != "modest" {
		t.Errorf("%s was served first", org)
	}
	l.release("greedy", second)
	if org := <-order; org != "greedy" {
		t.Errorf("%s was served second", org)
	}
}

func TestLaneBoundsItsQueue(t *testing.T) {
	t.Parallel()
	l := testLane(1, 1, 8)
	held := take(t, l, "a")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 8)
	for _, org := range []string{"a", "a", "b", "b", "c", "c", "d", "d"} {
		go func() {
			_, err := l.acquire(ctx, org, 10*time.Second)
			ended <- err
		}()
	}
	await(t, l, 8)
	if _, err := l.acquire(t.Context(), "e", time.Second); !errors.Is(err, errFull) {
		t.Errorf("beyond the queue: %v", err)
	}
	cancel()
	for range 8 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled wait ended as %v", err)
		}
	}
	l.release("a", held)
	take(t, l, "e")
}

func TestLaneBoundsWhatOneOrganizationQueues(t *testing.T) {
	t.Parallel()
	l := testLane(1, 1, 8)
	take(t, l, "a")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 2 {
		go func() { _, _ = l.acquire(ctx, "a", 10*time.Second) }()
	}
	await(t, l, 2)
	if _, err := l.acquire(t.Context(), "a", time.Second); !errors.Is(err, errFull) {
		t.Errorf("a third of the same: %v", err)
	}
	if _, err := l.acquire(t.Context(), "b", 10*time.Millisecond); !errors.Is(err, errBusy) {
		t.Errorf("another one: %v", err)
	}
}

func TestLaneReplacesTheDead(t *testing.T) {
	t.Parallel()
	l := testLane(1, 1, 8)
	p := take(t, l, "a")
	l.release("a", p)
	close(p.dead)
	if q := take(t, l, "a"); q == p {
		t.Error("a dead worker was handed out")
	}
	if s := l.stats(); s.Respawns != 1 || s.Workers != 1 {
		t.Errorf("stats %+v", s)
	}
}

func TestLaneTriesAgainWhenStartingFails(t *testing.T) {
	t.Parallel()
	l := testLane(1, 1, 8)
	start := l.start
	var tries atomic.Int32
	l.start = func() (*process, error) {
		if tries.Add(1) < 3 {
			return nil, errors.New("no room")
		}
		return start()
	}
	take(t, l, "a")
}

func TestLaneSendsEverybodyAwayWhenClosed(t *testing.T) {
	t.Parallel()
	l := testLane(1, 1, 8)
	take(t, l, "a")
	ended := make(chan error, 1)
	go func() {
		_, err := l.acquire(t.Context(), "b", 10*time.Second)
		ended <- err
	}()
	await(t, l, 1)
	l.close()
	if err := <-ended; !errors.Is(err, errClosed) {
		t.Errorf("who waited got %v", err)
	}
	if _, err := l.acquire(t.Context(), "b", time.Second); !errors.Is(err, errClosed) {
		t.Errorf("who came later got %v", err)
	}
}
