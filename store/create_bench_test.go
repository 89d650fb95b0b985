package store_test

import (
	"context"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/store"
	"flowbench/store/storetest"
)

// BenchmarkCreateInTransaction writes an action the way services do: counted,
// with its version and its event.
func BenchmarkCreateInTransaction(b *testing.B) {
	s := storetest.Open(b)
	ctx, now := context.Background(), time.Now()
	if err := s.CreateOrg(ctx, models.Org{ID: "1", Name: "a", NameKey: "a", CreatedAt: now, ChangedAt: now}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		id, err := s.NewID()
		if err != nil {
			b.Fatal(err)
		}
		a := models.Action{ID: id, OrgID: "1", Name: id, NameKey: id, Script: "function f(ctx, api) {}", State: models.ActionActive, Sequence: 1, Version: 1, CreatedAt: now, ChangedAt: now}
		err = s.Tx(ctx, func(st *store.Store) error {
			if err := st.CreateAction(ctx, a); err != nil {
				return err
			}
			v := models.ActionVersion{ActionID: id, Number: 1, OrgID: "1", Name: id, Script: a.Script, State: a.State, Sequence: 1, EventType: models.EventActionCreated, At: now}
			if err := st.CreateVersion(ctx, v); err != nil {
				return err
			}
			return st.Append(&models.Event{OrgID: "1", Aggregate: models.AggregateAction, AggregateID: id, Sequence: 1, Type: models.EventActionCreated, At: now})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
