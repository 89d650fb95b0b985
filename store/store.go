package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"flowbench/models"
)

// Store is an open database, or one transaction of it inside Tx and Read.
type Store struct {
	write   *gorm.DB
	read    *gorm.DB
	dialect string
	ids     *idSource
	tx      *unit // nil outside a transaction
	close   func() error
}

// unit is what one write transaction collects until its end.
type unit struct {
	readOnly bool
	events   []*models.Event
}

// A write that lost against another is repeated this often, and not for much
// longer than this.
const (
	attempts = 12
	patience = 8 * time.Second
)

// Tx runs fn in one transaction and repeats it while the database reports that
// it collided with another writer, so fn must not keep anything of a failed
// attempt. Events appended by fn are written last. Inside a transaction Tx
// joins it.
func (s *Store) Tx(ctx context.Context, fn func(*Store) error) error {
	if s.tx != nil {
		return fn(s)
	}
	var err error
	start := time.Now()
	for attempt := range attempts {
		if err = s.try(ctx, fn); !busy(err) {
			return ended(ctx, err)
		}
		if time.Since(start) > patience {
			break
		}
		if waitErr := pause(ctx, attempt); waitErr != nil {
			return waitErr
		}
	}
	return unavailable(err)
}

// try runs fn in one transaction, once.
func (s *Store) try(ctx context.Context, fn func(*Store) error) error {
	return s.write.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		t := s.inside(g, &unit{})
		if err := fn(t); err != nil {
			return err
		}
		return t.flushEvents(ctx)
	})
}

// Read runs fn on one unchanging view of the database.
func (s *Store) Read(ctx context.Context, fn func(*Store) error) error {
	if s.tx != nil {
		return fn(s)
	}
	options := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	if s.dialect == sqlite {
		options = &sql.TxOptions{} // a deferred transaction of WAL mode is such a view already
	}
	err := s.read.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		return fn(s.inside(g, &unit{readOnly: true}))
	}, options)
	if busy(err) && models.KindOf(err) == models.KindInternal {
		return unavailable(err)
	}
	return ended(ctx, err)
}

// ended tells that a failure is the end of ctx, whatever the driver calls it.
func ended(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || models.KindOf(err) != models.KindInternal || errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("%w: %w", ctx.Err(), err)
}

// inside returns a store whose verbs use the transaction g.
func (s *Store) inside(g *gorm.DB, u *unit) *Store {
	return &Store{write: g, read: g, dialect: s.dialect, ids: s.ids, tx: u}
}

// reader and writer give a verb its handle.
func (s *Store) reader(ctx context.Context) *gorm.DB { return s.read.WithContext(ctx) }

func (s *Store) writer(ctx context.Context) *gorm.DB { return s.write.WithContext(ctx) }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	db, err := s.read.DB()
	if err != nil {
		return fail("ping database", err)
	}
	if err := db.PingContext(ctx); err != nil {
		return fail("ping database", err)
	}
	return nil
}

// Close waits for running statements and closes the database.
func (s *Store) Close() error {
	if s.close == nil {
		return errors.New("close store: this is a transaction")
	}
	return s.close()
}

// NewID returns a new id of 18 decimal digits.
func (s *Store) NewID() (string, error) { return s.ids.next() }

// pause waits a random time that grows with each attempt, or until ctx ends.
func pause(ctx context.Context, attempt int) error {
	limit := time.Millisecond << min(attempt, 7)
	timer := time.NewTimer(time.Millisecond + rand.N(limit))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Moment cuts t to what both databases keep: microseconds in UTC.
func Moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
