package store_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"flowbench/store"
	"flowbench/store/storetest"
)

// column is what must agree between a model and its table.
type column struct {
	Name    string
	Kind    string
	Primary bool
}

// compareColumns fails where a table is not what GORM expects of a model, and
// returns the table's name.
func compareColumns(t *testing.T, s *store.Store, row any) string {
	t.Helper()
	statement := &gorm.Statement{DB: store.DB(s)}
	if err := statement.Parse(row); err != nil {
		t.Fatalf("parse %T: %v", row, err)
	}
	var want, got []column
	for _, f := range statement.Schema.Fields {
		if f.DBName != "" {
			want = append(want, column{f.DBName, wantedKind(f), f.PrimaryKey})
		}
	}
	types, err := store.DB(s).Migrator().ColumnTypes(row)
	if err != nil {
		t.Fatalf("read columns of %s: %v", statement.Table, err)
	}
	for _, c := range types {
		primary, _ := c.PrimaryKey()
		got = append(got, column{c.Name(), storedKind(c.DatabaseTypeName()), primary})
	}
	byName := func(a, b column) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(want, byName)
	slices.SortFunc(got, byName)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table %s (-model +schema):\n%s", statement.Table, diff)
	}
	return statement.Table
}

func wantedKind(f *schema.Field) string {
	switch f.DataType {
	case schema.Int, schema.Uint:
		return "integer"
	case schema.Bool:
		return "boolean"
	case schema.Time:
		return "time"
	}
	return "text"
}

func storedKind(name string) string {
	switch strings.ToLower(name) {
	case "bigint", "int8":
		return "integer"
	case "boolean", "bool":
		return "boolean"
	case "timestamp":
		return "time"
	}
	return strings.ToLower(name)
}

func TestConcurrentOpen(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, databaseURL string) {
		const processes = 4
		faults := make(chan error, processes)
		for range processes {
			go func() {
				s, err := store.Open(context.Background(), databaseURL)
				if err == nil {
					err = s.Close()
				}
				faults <- err
			}()
		}
		for range processes {
			if err := <-faults; err != nil {
				t.Errorf("open: %v", err)
			}
		}
	})
}

func TestDatabaseFileIsPrivate(t *testing.T) {
	t.Parallel()
	databaseURL := storetest.SQLite(t)
	s := opened(t, databaseURL)
	defer func() { _ = s.Close() }()
	info, err := os.Stat(strings.TrimPrefix(databaseURL, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("other accounts may read the database: %v", info.Mode())
	}
}

func TestPathIsTakenLiterally(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := opened(t, "sqlite:"+folder+"/a b%41?x=1#ü.db")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || files[0].Name() != "a b%41?x=1#ü.db" {
		t.Errorf("files %v, %v", files, err)
	}
}
