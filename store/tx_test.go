package store_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/store"
	"flowbench/store/storetest"
)

func twoOrgs(t *testing.T, s *store.Store) {
	t.Helper()
	for _, id := range []string{"1", "2"} {
		org := models.Org{ID: id, Name: id, NameKey: id, CreatedAt: time.Now(), ChangedAt: time.Now()}
		if err := s.CreateOrg(context.Background(), org); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDeadlockIsRetried lets two transactions lock two rows in opposite order;
// each waits in its first attempt until the other holds its first lock.
func TestDeadlockIsRetried(t *testing.T) {
	t.Parallel()
	s := storetest.OpenURL(t, storetest.Postgres(t))
	twoOrgs(t, s)
	var tries atomic.Int32
	var bothLocked, done sync.WaitGroup
	bothLocked.Add(2)
	for _, order := range [][2]string{{"1", "2"}, {"2", "1"}} {
		done.Go(func() {
			first := true
			err := s.Tx(context.Background(), func(st *store.Store) error {
				tries.Add(1)
				if _, err := st.NextOrgSequence(context.Background(), order[0]); err != nil {
					return err
				}
				if first {
					first = false
					bothLocked.Done()
					bothLocked.Wait()
				}
				_, err := st.NextOrgSequence(context.Background(), order[1])
				return err
			})
			if err != nil {
				t.Errorf("order %v: %v", order, err)
			}
		})
	}
	done.Wait()
	if tries.Load() < 3 {
		t.Errorf("%d tries, want at least 3", tries.Load())
	}
	for _, id := range []string{"1", "2"} {
		if org, err := s.Org(context.Background(), id); err != nil || org.Sequence != 2 {
			t.Errorf("organization %s has sequence %d, %v, want 2", id, org.Sequence, err)
		}
	}
}

func TestBusyDatabaseIsUnavailable(t *testing.T) {
	t.Parallel()
	address := storetest.SQLite(t)
	s, holder := storetest.OpenURL(t, address), storetest.OpenURL(t, address)
	if err := store.DB(s).Exec("PRAGMA busy_timeout = 1").Error; err != nil {
		t.Fatal(err)
	}
	err := holder.Tx(context.Background(), func(*store.Store) error { // holds SQLite's write lock
		return s.Tx(context.Background(), func(*store.Store) error { return nil })
	})
	if models.KindOf(err) != models.KindUnavailable || models.RuleOf(err) != models.RuleDatabaseBusy {
		t.Errorf("got %v, want unavailable", err)
	}
	if err := s.Tx(context.Background(), func(*store.Store) error { return nil }); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

func TestFailedTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		twoOrgs(t, s)
		refused := errors.New("refused")
		err := s.Tx(context.Background(), func(st *store.Store) error {
			if _, err := st.NextOrgSequence(context.Background(), "1"); err != nil {
				return err
			}
			if err := st.Append(&models.Event{OrgID: "1", Aggregate: models.AggregateOrg, AggregateID: "1", Sequence: 1}); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("got %v, want the function's error", err)
		}
		org, err := s.Org(context.Background(), "1")
		if err != nil || org.Sequence != 0 {
			t.Errorf("sequence %d, %v, want 0", org.Sequence, err)
		}
		if last, err := s.LastEventID(context.Background()); err != nil || last != 0 {
			t.Errorf("last event %d, %v, want 0", last, err)
		}
	})
}

// TestReadSeesOneMoment reads before and after a write of somebody else.
func TestReadSeesOneMoment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		twoOrgs(t, s)
		err := s.Read(ctx, func(view *store.Store) error {
			before, err := view.Org(ctx, "1")
			if err != nil {
				return err
			}
			if _, err := s.NextOrgSequence(ctx, "1"); err != nil {
				return err
			}
			after, err := view.Org(ctx, "1")
			if before != after {
				t.Errorf("the view moved from %+v to %+v", before, after)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestEventsOutsideTransactionsAreRefused(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	if err := s.Append(&models.Event{}); err == nil {
		t.Error("an event without a transaction was accepted")
	}
	_ = s.Read(context.Background(), func(view *store.Store) error {
		if err := view.Append(&models.Event{}); err == nil {
			t.Error("an event in a reading transaction was accepted")
		}
		return nil
	})
}

func TestTimesKeepMicroseconds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 1, 15, 10, 30, 0, 123456789, time.FixedZone("CET", 3600))
		if err := s.CreateOrg(context.Background(), models.Org{ID: "1", Name: "a", NameKey: "a", CreatedAt: at, ChangedAt: at}); err != nil {
			t.Fatal(err)
		}
		org, err := s.Org(context.Background(), "1")
		want := time.Date(2026, 1, 15, 9, 30, 0, 123456000, time.UTC)
		if err != nil || org.CreatedAt != want {
			t.Errorf("got %v, %v, want %v", org.CreatedAt, err, want)
		}
	})
}

func TestIDsHaveEighteenDigits(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	seen := map[string]bool{}
	for range 500 {
		id, err := s.NewID()
		if err != nil || len(id) != 18 || seen[id] {
			t.Fatalf("id %q, %v, seen %v", id, err, seen[id])
		}
		seen[id] = true
	}
}

func TestDuplicateIDIsToldFromTakenName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		twoOrgs(t, s)
		if err := s.CreateOrg(context.Background(), models.Org{ID: "1", Name: "x", NameKey: "x"}); !store.IsDuplicateID(err) {
			t.Errorf("taken id: %v", err)
		}
		err := s.CreateOrg(context.Background(), models.Org{ID: "3", Name: "1", NameKey: "1"})
		if models.RuleOf(err) != models.RuleOrgNameTaken {
			t.Errorf("taken name: %v", err)
		}
	})
}

// TestSameStatementInsideAndOutside runs one statement in a transaction while
// another writer waits with the same one for SQLite's only write connection.
func TestSameStatementInsideAndOutside(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	pool, err := store.DB(s).DB()
	if err != nil {
		t.Fatal(err)
	}
	outside := make(chan error, 1)
	err = s.Tx(ctx, func(st *store.Store) error {
		go func() { outside <- s.CreateOrg(ctx, models.Org{ID: "1", Name: "1", NameKey: "1"}) }()
		for pool.Stats().WaitCount == 0 {
			runtime.Gosched()
		}
		return st.CreateOrg(ctx, models.Org{ID: "2", Name: "2", NameKey: "2"})
	})
	if err := errors.Join(err, <-outside); err != nil {
		t.Error(err)
	}
}
