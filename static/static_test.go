package static

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"dist/manifest.json": true}
	for source, f := range manifest {
		content, err := dist.ReadFile("dist/" + f.Name)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s: the content was changed by hand; run go generate ./static", f.Name)
		}
		known["dist/"+f.Name] = true
	}
	_ = fs.WalkDir(dist, "dist", func(path string, d fs.DirEntry, _ error) error {
		if !d.IsDir() && !known[path] {
			t.Errorf("%s is not in the manifest", path)
		}
		return nil
	})
}

func get(t *testing.T, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestHandler(t *testing.T) {
	t.Parallel()
	res := get(t, URL("css/app.css"), "br, gzip;q=0.8")
	for header, want := range map[string]string{
		"Content-Type":            "text/css; charset=utf-8",
		"Cache-Control":           "public, max-age=31536000, immutable",
		"Content-Security-Policy": "default-src 'none'; script-src 'self'",
		"Content-Encoding":        "gzip",
		"Vary":                    "Accept-Encoding",
	} {
		if got := res.Header.Get(header); got != want {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
	unzipped, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(unzipped)
	if !strings.Contains(string(body), "@layer reset,tokens,base,layout,components,utilities") {
		t.Error("the order of the layers is not declared first")
	}
}

func TestHandler_WithoutCompression(t *testing.T) {
	t.Parallel()
	for _, encoding := range []string{"", "identity", "gzip;q=0", "br"} {
		res := get(t, URL("js/console.js"), encoding)
		if res.StatusCode != 200 || res.Header.Get("Content-Encoding") != "" {
			t.Errorf("%q: status %d, encoding %q", encoding, res.StatusCode, res.Header.Get("Content-Encoding"))
		}
	}
}

func TestHandler_UnknownNamesAreNotFound(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/static/css/app.css", "/static/manifest.json", "/static/../static.go", "/static/"} {
		if res := get(t, path, ""); res.StatusCode != 404 {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
	}
}

// TestBudgets holds the sizes that the design allows, compressed. What a page
// loads is its entry, the entry of every page, and the chunks these import;
// chunks that are loaded on demand do not count.
func TestBudgets(t *testing.T) {
	t.Parallel()
	for page, tc := range map[string]struct {
		limit int
		files []string
	}{
		"styles": {15_000, []string{"css/app.css"}},
		"board":  {15_000, []string{"js/console.js", "js/board.js"}},
		"editor": {190_000, []string{"js/console.js", "js/editor.js"}},
	} {
		loaded := map[string]int{}
		for _, name := range tc.files {
			load(manifest[name].Name, loaded)
		}
		total := 0
		for _, size := range loaded {
			total += size
		}
		if total == 0 || total > tc.limit {
			t.Errorf("%s: %d bytes compressed, at most %d: %v", page, total, tc.limit, loaded)
		}
	}
}

var imported = regexp.MustCompile(`(?:from|import)"\./([^"]+\.js)"`)

// load adds the compressed size of a file and of what it imports.
func load(name string, loaded map[string]int) {
	if _, done := loaded[name]; done {
		return
	}
	a := &asset{name: name}
	a.load()
	loaded[name] = len(a.gzipped)
	for _, match := range imported.FindAllSubmatch(a.plain, -1) {
		load("js/"+string(match[1]), loaded)
	}
}
