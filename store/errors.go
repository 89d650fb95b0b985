package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"flowbench/models"
)

// errDuplicateID reports that a new row's primary key is taken; a fresh id
// helps. GORM's own translation cannot tell it from a taken name.
var errDuplicateID = errors.New("duplicate id")

// fail wraps err with what was attempted. A database that had no time for us
// becomes KindUnavailable.
func fail(what string, err error) error {
	err = fmt.Errorf("%s: %w", what, err)
	if busy(err) {
		return unavailable(err)
	}
	return err
}

// unavailable is what callers see when the retries are used up.
func unavailable(cause error) error {
	var e *models.Error
	if errors.As(cause, &e) && e.Kind == models.KindUnavailable {
		return cause
	}
	return &models.Error{Kind: models.KindUnavailable, Rule: models.RuleDatabaseBusy,
		Message: "The database is busy. Try again in a moment.", Cause: cause}
}

// busy reports whether the whole transaction may be tried again: SQLite's lock
// was taken, or PostgreSQL could not serialize it, found a deadlock, gave up
// waiting for a lock or had no connection left.
func busy(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "40001", "40P01", "55P03", "53300", "57P03":
			return true
		}
	}
	return false
}

// missing reports whether a query found no row. PostgreSQL refuses texts with
// a NUL, which therefore name nothing that exists.
func missing(err error) bool {
	var pg *pgconn.PgError
	return errors.Is(err, gorm.ErrRecordNotFound) || errors.As(err, &pg) && pg.Code == "22021"
}

// conflict returns errDuplicateID for a taken primary key, taken for another
// violated unique index, and nil for any other error.
func conflict(err error, taken error) error {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		switch lite.ExtendedCode {
		case sqlite3.ErrConstraintPrimaryKey:
			return errDuplicateID
		case sqlite3.ErrConstraintUnique:
			return taken
		}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		if strings.HasSuffix(pg.ConstraintName, "_pkey") {
			return errDuplicateID
		}
		return taken
	}
	return nil
}

// IsDuplicateID reports that a new row's id was taken already.
func IsDuplicateID(err error) bool { return errors.Is(err, errDuplicateID) }
