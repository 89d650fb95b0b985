package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	sqlite3 "github.com/mattn/go-sqlite3"
	gormpg "gorm.io/driver/postgres"
	gormlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// The two dialects.
const (
	sqlite   = "sqlite"
	postgres = "postgres"
)

// readers is the size of SQLite's read handle and of PostgreSQL's idle pool.
const readers = 8

// sqliteDriver is mattn's driver with a lower-casing that knows more than
// ASCII.
const sqliteDriver = "flowbench_sqlite3"

// registerSQLite makes sqliteDriver known, once per process.
var registerSQLite = sync.OnceFunc(func() {
	sql.Register(sqliteDriver, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		return c.RegisterFunc("lower_text", strings.ToLower, true)
	}})
})

// Open opens `sqlite:PATH` or `postgres://…`, applies pending migrations and
// refuses a database that a newer version has migrated.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	ids, err := newIDSource()
	if err != nil {
		return nil, err
	}
	var s *Store
	switch {
	case strings.HasPrefix(databaseURL, "sqlite:"):
		s, err = openSQLite(strings.TrimPrefix(databaseURL, "sqlite:"))
	case strings.HasPrefix(databaseURL, "postgres://"), strings.HasPrefix(databaseURL, "postgresql://"):
		s, err = openPostgres(databaseURL)
	default:
		return nil, errors.New("the database must be sqlite:PATH or postgres://…")
	}
	if err != nil {
		return nil, err
	}
	s.ids = ids
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// openSQLite opens one write handle with a single connection, whose
// transactions take the lock at once, and a read handle beside it.
func openSQLite(path string) (*Store, error) {
	if path == "" || strings.Contains(path, ":memory:") {
		return nil, errors.New("the SQLite database needs the path of a file")
	}
	registerSQLite()
	// Created here so that other accounts of the machine cannot read it.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	base := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_synchronous=NORMAL&_stmt_cache_size=128"
	write, err := handle(sqliteDriver, base+"&_txlock=immediate", 1)
	if err != nil {
		return nil, err
	}
	read, err := handle(sqliteDriver, base+"&_query_only=true", readers)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	w, err1 := withGORM(&gormlite.Dialector{DriverName: sqliteDriver, Conn: write})
	r, err2 := withGORM(&gormlite.Dialector{DriverName: sqliteDriver, Conn: read})
	closing := func() error { return errors.Join(read.Close(), write.Close()) }
	if err := errors.Join(err1, err2); err != nil {
		return nil, errors.Join(err, closing())
	}
	return &Store{write: w, read: r, dialect: sqlite, close: closing}, nil
}

func openPostgres(databaseURL string) (*Store, error) {
	db, err := handle("pgx", databaseURL, 4*readers)
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(readers)
	g, err := withGORM(gormpg.New(gormpg.Config{Conn: db}))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{write: g, read: g, dialect: postgres, close: db.Close}, nil
}

func handle(driver, dsn string, size int) (*sql.DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// withGORM leaves prepared statements to the drivers, which keep them per
// connection. GORM's own would have a transaction that holds the only
// connection wait for a statement that somebody prepares on it outside.
func withGORM(d gorm.Dialector) (*gorm.DB, error) {
	db, err := gorm.Open(d, &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}
