// Package storetest opens fresh databases for tests.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"

	"flowbench/store"
)

// PostgresVariable names the server on which tests may create schemas, as a
// postgres:// address. Without it tests use SQLite only.
const PostgresVariable = "FLOWBENCH_TEST_POSTGRES"

// Open returns an empty SQLite store that is closed with the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenURL(t, SQLite(t))
}

// OpenURL opens a store that is closed with the test.
func OpenURL(t testing.TB, databaseURL string) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), databaseURL)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return st
}

// SQLite returns the address of a database that does not exist yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// Postgres returns the address of an empty schema that is dropped with the
// test, or skips the test where no server is named.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresVariable)
	if server == "" {
		t.Skip(PostgresVariable + " is not set")
	}
	var raw [8]byte
	_, _ = rand.Read(raw[:])
	schema := "test_" + hex.EncodeToString(raw[:])
	execute(t, server, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, server, "DROP SCHEMA "+schema+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("parse %s: %v", PostgresVariable, err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	query.Set("synchronous_commit", "off") // tests do not outlive the server
	address.RawQuery = query.Encode()
	return address.String()
}

func execute(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("open %s: %v", PostgresVariable, err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

// Each runs fn as a subtest on an empty SQLite store and, where a server is
// named, on an empty PostgreSQL store.
func Each(t *testing.T, fn func(t *testing.T, st *store.Store)) {
	t.Helper()
	EachURL(t, func(t *testing.T, databaseURL string) { fn(t, OpenURL(t, databaseURL)) })
}

// EachURL runs fn as a subtest with the address of an empty database of each
// kind.
func EachURL(t *testing.T, fn func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		if os.Getenv(PostgresVariable) == "" {
			t.Skip(PostgresVariable + " is not set")
		}
		t.Parallel()
		fn(t, Postgres(t))
	})
}
