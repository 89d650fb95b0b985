package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"flowbench/models"
)

// eventCounter is the one row that numbers events. Because it is locked from
// the numbering to the commit, a reader never sees an event before one with a
// smaller id, and polling by id misses nothing.
type eventCounter struct {
	ID    int64 `gorm:"primaryKey;autoIncrement:false"`
	Value int64
}

// TableName keeps the table singular, as it has one row.
func (eventCounter) TableName() string { return "event_counter" }

// Append records e at the end of the transaction. The caller has set
// everything but the id.
func (s *Store) Append(e *models.Event) error {
	if s.tx == nil || s.tx.readOnly {
		return errors.New("append event: outside a write transaction")
	}
	e.At = Moment(e.At)
	s.tx.events = append(s.tx.events, e)
	return nil
}

// flushEvents numbers and writes the events of the transaction. It is the last
// statement, so that the counter is locked for a short time only.
func (s *Store) flushEvents(ctx context.Context) error {
	n := int64(len(s.tx.events))
	if n == 0 {
		return nil
	}
	var last int64
	err := s.writer(ctx).Raw("UPDATE event_counter SET value = value + ? WHERE id = 1 RETURNING value", n).Scan(&last).Error
	if err != nil {
		return fail("number events", err)
	}
	for i, e := range s.tx.events {
		e.ID = last - n + int64(i) + 1
	}
	if err := s.writer(ctx).Create(s.tx.events).Error; err != nil {
		return fail("write events", err)
	}
	return nil
}

// LastEventID returns the id of the newest event, 0 before the first.
func (s *Store) LastEventID(ctx context.Context) (int64, error) {
	var c eventCounter
	if err := s.reader(ctx).Take(&c, "id = 1").Error; err != nil {
		return 0, fail("load event counter", err)
	}
	return c.Value, nil
}

// LastSequence returns the sequence of an aggregate's newest event, for
// aggregates whose row is gone or never existed.
func (s *Store) LastSequence(ctx context.Context, aggregate, id string) (uint64, error) {
	var last uint64
	err := s.reader(ctx).Raw("SELECT COALESCE(MAX(sequence), 0) FROM events WHERE aggregate = ? AND aggregate_id = ?", aggregate, id).Scan(&last).Error
	if err != nil {
		return 0, fail("load sequence", err)
	}
	return last, nil
}

// Event loads one event of an organization.
func (s *Store) Event(ctx context.Context, orgID string, id int64) (models.Event, error) {
	var e models.Event
	err := s.reader(ctx).Take(&e, "id = ? AND org_id = ?", id, orgID).Error
	if missing(err) {
		return e, models.NotFound(models.RuleEventNotFound, "This event does not exist.")
	}
	if err != nil {
		return e, fail("load event", err)
	}
	return e, nil
}

// Events returns a page of the audit log.
func (s *Store) Events(ctx context.Context, f models.EventFilter) ([]models.Event, error) {
	q := eventConditions(s.reader(ctx), f)
	if f.AfterID > 0 {
		q = q.Where("id > ?", f.AfterID).Order("id")
	} else {
		q = q.Order("id DESC")
	}
	list := []models.Event{}
	err := q.Limit(pageLimit(f.Limit)).Find(&list).Error
	if err != nil {
		return nil, fail("list events", err)
	}
	return list, nil
}

func eventConditions(q *gorm.DB, f models.EventFilter) *gorm.DB {
	q = q.Where("org_id = ?", f.OrgID)
	if f.AggregateID != "" {
		q = q.Where("aggregate_id = ?", f.AggregateID)
	}
	if f.ByID != "" {
		q = q.Where("by_id = ?", f.ByID)
	}
	if len(f.Types) > 0 {
		q = q.Where("type IN ?", f.Types)
	}
	if !f.From.IsZero() {
		q = q.Where("at >= ?", Moment(f.From))
	}
	if !f.To.IsZero() {
		q = q.Where("at < ?", Moment(f.To))
	}
	if f.BeforeID > 0 {
		q = q.Where("id < ?", f.BeforeID)
	}
	return q
}

// pageLimit applies the bounds of pages of our own lists.
func pageLimit(n int) int {
	switch {
	case n <= 0:
		return 100
	case n > models.MaxListLimit:
		return models.MaxListLimit
	}
	return n
}
