package store_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"flowbench/models"
	"flowbench/store"
	"flowbench/store/storetest"
)

// grown returns the migrations with one more.
func grown(t *testing.T, name, text string) fs.FS {
	t.Helper()
	files := fstest.MapFS{name: {Data: []byte("-- +goose Up\n" + text)}}
	known, err := fs.Glob(store.MigrationFiles(), "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range known {
		data, err := store.MigrationFiles().ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = &fstest.MapFile{Data: data}
	}
	return files
}

func opened(t *testing.T, databaseURL string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), databaseURL)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return s
}

func TestOpenAgainKeepsData(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		s := opened(t, databaseURL)
		org := models.Org{ID: "1", Name: "Acme", NameKey: "acme", CreatedAt: time.Now(), ChangedAt: time.Now()}
		if err := s.CreateOrg(context.Background(), org); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = opened(t, databaseURL)
		defer func() { _ = s.Close() }()
		if got, err := s.Org(context.Background(), "1"); err != nil || got.Name != "Acme" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestUpgradeKeepsData(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		ctx := context.Background()
		s := opened(t, databaseURL)
		defer func() { _ = s.Close() }()
		org := models.Org{ID: "1", Name: "Acme", NameKey: "acme", CreatedAt: time.Now(), ChangedAt: time.Now()}
		if err := s.CreateOrg(ctx, org); err != nil {
			t.Fatal(err)
		}
		files := grown(t, "9998_test.sql", "ALTER TABLE orgs ADD COLUMN motto TEXT NOT NULL DEFAULT 'none';")
		for range 2 { // the second time there is nothing to do
			if err := store.MigrateWith(ctx, s, files); err != nil {
				t.Fatalf("migrate: %v", err)
			}
		}
		var motto string
		if err := store.DB(s).Raw("SELECT motto FROM orgs WHERE id = '1'").Scan(&motto).Error; err != nil || motto != "none" {
			t.Errorf("motto %q, %v", motto, err)
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		ctx := context.Background()
		s := opened(t, databaseURL)
		if err := store.MigrateWith(ctx, s, grown(t, "9999_test.sql", "SELECT 1;")); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(ctx, databaseURL)
		if err == nil {
			_ = again.Close()
			t.Fatal("a database of a newer version was opened")
		}
		if !strings.Contains(err.Error(), "9999") {
			t.Errorf("the message %q does not name the version", err)
		}
	})
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		ctx := context.Background()
		s := opened(t, databaseURL)
		defer func() { _ = s.Close() }()
		err := store.MigrateWith(ctx, s, grown(t, "9999_test.sql", "CREATE TABLE half (id TEXT);\nSELECT nonsense FROM nowhere;"))
		if err == nil {
			t.Fatal("a broken migration was applied")
		}
		if store.DB(s).Migrator().HasTable("half") {
			t.Error("the broken migration left a table")
		}
	})
}

func TestOpenRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "mysql://x", "flowbench.db", "sqlite:", "sqlite::memory:", "sqlite:/nowhere/at/all.db"} {
		s, err := store.Open(context.Background(), address)
		if err == nil {
			_ = s.Close()
			t.Errorf("%q was opened", address)
		}
	}
}

// TestSchemaIsWhatGORMExpects compares the columns of the migrations with the
// fields of the models, both ways.
func TestSchemaIsWhatGORMExpects(t *testing.T) {
	t.Parallel()
	rows := []any{&models.Org{}, &models.User{}, &models.Membership{}, &models.Token{}, &models.Session{}, &models.Action{},
		&models.ActionVersion{}, &models.Binding{}, &models.LaneHead{}, &models.Event{}, &models.Run{}, &models.ChainAnswer{}, &models.Case{}, &models.Sample{}, &models.OrgSettings{},
		&models.ServiceKey{}, &models.ClientSecret{}, &models.OAuthClient{}, &models.AuthRequest{}, &models.AccessToken{}, &models.RefreshToken{}, &models.CryptoKey{}}
	rows = append(rows, store.InnerRows()...)
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		s := opened(t, databaseURL)
		defer func() { _ = s.Close() }()
		tables := map[string]bool{"goose_db_version": true}
		for _, row := range rows {
			tables[compareColumns(t, s, row)] = true
		}
		names, err := store.DB(s).Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !tables[name] && !strings.HasPrefix(name, "sqlite_") {
				t.Errorf("table %s has no model", name)
			}
		}
	})
}
