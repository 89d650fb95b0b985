package store

import (
	"context"
	"embed"
	"io/fs"

	"gorm.io/gorm"
)

// Inner parts that tests of this package look at.

func MigrationFiles() embed.FS { return migrationFiles }

func MigrateWith(ctx context.Context, s *Store, files fs.FS) error { return s.migrateWith(ctx, files) }

func DB(s *Store) *gorm.DB { return s.write }

func Busy(err error) bool { return busy(err) }

func InnerRows() []any { return []any{&instanceValue{}, &eventCounter{}} }
