package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/store"
	"flowbench/store/storetest"
)

// filled returns a store whose organization "1" has n actions.
func filled(b *testing.B, databaseURL string, n int) *store.Store {
	b.Helper()
	ctx := context.Background()
	s := storetest.OpenURL(b, databaseURL)
	now := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
	if err := s.CreateOrg(ctx, models.Org{ID: "1", Name: "Acme", NameKey: "acme", CreatedAt: now, ChangedAt: now, ActionCount: uint64(n)}); err != nil {
		b.Fatal(err)
	}
	const batch = 500
	for from := 0; from < n; from += batch {
		rows := make([]models.Action, 0, batch)
		for i := from; i < min(from+batch, n); i++ {
			at := now.Add(time.Duration(i) * time.Millisecond)
			rows = append(rows, models.Action{ID: fmt.Sprintf("%018d", i), OrgID: "1", Name: fmt.Sprintf("Action%06d", n-i), NameKey: fmt.Sprintf("action%06d", n-i),
				Script: "function Action(ctx, api) { api.v1.claims.setClaim('tier', 'gold') }", State: models.ActionActive, Sequence: 1, Version: 1, CreatedAt: at, ChangedAt: at})
		}
		if err := store.DB(s).Create(&rows).Error; err != nil {
			b.Fatal(err)
		}
	}
	if err := store.DB(s).Exec("ANALYZE").Error; err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkFirstPage shows that the time of a first page of 50, with its total,
// does not grow with the number of actions.
func BenchmarkFirstPage(b *testing.B) {
	sorts := map[string]models.ActionFilter{
		"created": {Limit: 50},
		"name":    {Limit: 50, Sort: models.ActionSortName, Asc: true},
	}
	databases := map[string]func(testing.TB) string{"sqlite": storetest.SQLite}
	if os.Getenv(storetest.PostgresVariable) != "" {
		databases["postgres"] = storetest.Postgres
	}
	for name, address := range databases {
		for _, n := range []int{100, 10_000, 100_000} {
			b.Run(fmt.Sprintf("db=%s/actions=%d", name, n), func(b *testing.B) {
				s := filled(b, address(b), n)
				for sort, f := range sorts {
					b.Run("sort="+sort, func(b *testing.B) { firstPages(b, s, f, n) })
				}
			})
		}
	}
}

func firstPages(b *testing.B, s *store.Store, f models.ActionFilter, n int) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.Actions(context.Background(), "1", f)
		if err != nil || len(page.Actions) != 50 || page.Total != uint64(n) {
			b.Fatalf("%d rows of %d, %v", len(page.Actions), page.Total, err)
		}
	}
}
