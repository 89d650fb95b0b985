package web_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "flowbench/"

// mayImport is the dependency rule: which of our packages a package may import,
// by top folder. Its own subpackages it may always import.
var mayImport = map[string][]string{
	"models":   {},
	"config":   {},
	"static":   {},
	"docs":     {},
	"script":   {"models"},
	"auth":     {"models"},
	"store":    {"models"},
	"services": {"models", "store", "script", "auth"},
	"views":    {"models", "static", "docs"},
	"handlers": {"models", "auth", "services", "views"},
	"api":      {"models", "auth", "services"},
	"web":      {"models", "config", "static", "script", "auth", "store", "services", "views", "handlers", "api"},
	"cmd":      {"models", "config", "auth", "web", "services", "script", "store"},
	"e2e":      {"config", "models", "web"},
}

// owners says which packages may import a module of others; a folder stands
// for everything below it.
var owners = map[string][]string{
	"code.dny.dev/ssrf":                         {"script"},
	"connectrpc.com/":                           {"api"},
	"github.com/a-h/templ":                      {"views", "handlers"},
	"github.com/alexedwards/argon2id":           {"auth"},
	"github.com/bufbuild/protocompile":          {"api/gen"},
	"github.com/dlclark/regexp2/":               {"script"},
	"github.com/dop251/goja":                    {"script"},
	"github.com/evanw/esbuild":                  {"static/build"},
	"github.com/gin-gonic/gin":                  {"web", "handlers", "api"},
	"github.com/go-jose/go-jose/":               {"auth"},
	"github.com/google/pprof":                   {"script"},
	"github.com/google/uuid":                    {"script"},
	"github.com/jackc/pgx/":                     {"store"},
	"github.com/landlock-lsm/go-landlock":       {"script"},
	"github.com/mattn/go-sqlite3":               {"store"},
	"github.com/playwright-community/":          {"e2e"},
	"github.com/pressly/goose/":                 {"store"},
	"github.com/prometheus/client_golang":       {"services", "web"},
	"github.com/rs/cors":                        {"web", "api", "auth"},
	"github.com/sony/sonyflake/":                {"store"},
	"github.com/spf13/":                         {"cmd"},
	"github.com/zitadel/oidc/":                  {"auth"},
	"github.com/yuin/goldmark":                  {"views"},
	"golang.org/x/net/":                         {"script"},
	"golang.org/x/sys/":                         {"script"},
	"golang.org/x/text/":                        {"views", "script"},
	"google.golang.org/genproto/googleapis/":    {"api"},
	"google.golang.org/protobuf":                {"api"},
	"gorm.io/":                                  {"store"},
	"kernel.org/pub/linux/libs/security/libcap": {"script"},
}

// edge is one import of one file.
type edge struct{ file, from, to string }

func TestImports(t *testing.T) {
	t.Parallel()
	for _, e := range edges(t) {
		if fault := check(e); fault != "" {
			t.Errorf("%s: %s", e.file, fault)
		}
	}
}

func TestImports_Check(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		from, to string
		allowed  bool
	}{
		{"handlers", "flowbench/services", true},
		{"handlers", "flowbench/store", false},
		{"models", "flowbench/auth", false},
		{"models", "strings", true},
		{"models", "github.com/google/uuid", false},
		{"views/flows", "flowbench/views/ui", true},
		{"static", "github.com/evanw/esbuild/pkg/api", false},
		{"static/build", "github.com/evanw/esbuild/pkg/api", true},
		{"services", "flowbench/store/storetest", false},
		{"web/webtest", "flowbench/web", true},
		{"elsewhere", "strings", false},
		{"web", "gorm.io/gorm", false},
	} {
		if got := check(edge{from: tc.from, to: tc.to}) == ""; got != tc.allowed {
			t.Errorf("%s -> %s: allowed %v, want %v", tc.from, tc.to, got, tc.allowed)
		}
	}
}

// check returns what is wrong with an import, or "".
func check(e edge) string {
	top := topOf(e.from)
	allowed, known := mayImport[top]
	if !known {
		return "the package " + e.from + " is not in the table of dependencies"
	}
	switch {
	case strings.HasPrefix(e.to, module):
		to := strings.TrimPrefix(e.to, module)
		if isTestPackage(to) && !isTestPackage(e.from) {
			return "imports " + e.to + ", which is for tests"
		}
		if topOf(to) != top && !slices.Contains(allowed, topOf(to)) && !isTestPackage(e.from) {
			return top + " must not import " + e.to
		}
	case isForeign(e.to) && !owned(e.from, e.to) && !isTestPackage(e.from):
		return e.from + " must not import " + e.to
	}
	return ""
}

func owned(from, to string) bool {
	for prefix, folders := range owners {
		if !strings.HasPrefix(to, prefix) {
			continue
		}
		for _, folder := range folders {
			if from == folder || strings.HasPrefix(from, folder+"/") {
				return true
			}
		}
	}
	return false
}

func topOf(pkg string) string {
	top, _, _ := strings.Cut(pkg, "/")
	return top
}

// isTestPackage reports whether a package exists for tests: its last name ends
// in test.
func isTestPackage(pkg string) bool { return strings.HasSuffix(path.Base(pkg), "test") }

// isForeign reports whether an import path is neither ours nor the standard
// library's, whose first element has no dot.
func isForeign(to string) bool { return strings.Contains(topOf(to), ".") }

// edges reads the imports of every file that is not a test.
func edges(t *testing.T) []edge {
	t.Helper()
	var list []edge
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".") && name != ".." {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		found, err := importsOf(file)
		list = append(list, found...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func importsOf(file string) ([]edge, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	name := strings.TrimPrefix(filepath.ToSlash(file), "../")
	var list []edge
	for _, spec := range parsed.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		list = append(list, edge{file: name, from: path.Dir(name), to: to})
	}
	return list, nil
}
