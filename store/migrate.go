package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/gorm"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrate brings the schema to the newest version this program knows.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	return s.migrateWith(ctx, files)
}

// migrateWith applies the migrations of files; tests give other ones.
func (s *Store) migrateWith(ctx context.Context, files fs.FS) error {
	provider, err := s.provider(files)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read database version: %w", err)
	}
	if current > target {
		return fmt.Errorf("the database has version %d, this program knows %d: use a newer program", current, target)
	}
	if _, err := provider.Up(ctx); err != nil {
		// Another process may have applied them in the same moment.
		if now, _, again := provider.GetVersions(ctx); again != nil || now != target {
			return fmt.Errorf("migrate database: %w", err)
		}
	}
	return s.collatedIndexes(ctx)
}

func (s *Store) provider(files fs.FS) (*goose.Provider, error) {
	db, err := s.write.DB()
	if err != nil {
		return nil, err
	}
	if s.dialect == sqlite {
		return goose.NewProvider(database.DialectSQLite3, db, files)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(database.DialectPostgres, db, files, goose.WithSessionLocker(locker))
}

// collatedIndexes adds what SQLite's default does already: an index in the
// order of code points, which sorting by name uses on both databases.
func (s *Store) collatedIndexes(ctx context.Context) error {
	if s.dialect == sqlite {
		return nil
	}
	err := s.writer(ctx).Transaction(func(tx *gorm.DB) error {
		// IF NOT EXISTS alone fails when two processes start at once.
		if err := tx.Exec("SELECT pg_advisory_xact_lock(7310416042)").Error; err != nil {
			return err
		}
		return tx.Exec(`CREATE INDEX IF NOT EXISTS actions_name_order ON actions (org_id, name_key COLLATE "C", id)`).Error
	})
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	return nil
}
