package static

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:generate go run ./build

//go:embed dist
var dist embed.FS

// Prefix is the path below which the files are served.
const Prefix = "/static/"

// Policy is the content security policy of the files themselves; the worker of
// the editor runs under it.
const Policy = "default-src 'none'; script-src 'self'"

// File is one entry of the manifest.
type File struct {
	Name   string `json:"name"`   // with the fingerprint, below dist
	SHA256 string `json:"sha256"` // of the content, in hex
}

// manifest maps the names of the sources to the files. It is read once.
var manifest = mustManifest()

func mustManifest() map[string]File {
	data, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		panic("static: " + err.Error())
	}
	var m map[string]File
	if err := json.Unmarshal(data, &m); err != nil {
		panic("static: manifest: " + err.Error())
	}
	return m
}

// Has reports whether there is a file of that source name.
func Has(name string) bool {
	_, ok := manifest[name]
	return ok
}

// URL returns the address of a file, with its fingerprint. A test of package
// web resolves every name that the console uses.
func URL(name string) string {
	if f, ok := manifest[name]; ok {
		return Prefix + f.Name
	}
	return Prefix + name
}

// Handler serves the files below Prefix. They never change under their name, so
// they may be cached for good.
func Handler() http.Handler {
	assets := map[string]*asset{}
	for _, f := range manifest {
		assets[Prefix+f.Name] = &asset{name: f.Name}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

// asset is one file with its compressed form, which is made on first use.
type asset struct {
	name    string
	once    sync.Once
	plain   []byte
	gzipped []byte // nil if compression does not help
}

func (a *asset) load() {
	a.plain, _ = dist.ReadFile("dist/" + a.name)
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(a.plain)
	_ = w.Close()
	if b.Len() < len(a.plain) {
		a.gzipped = b.Bytes()
	}
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	a.once.Do(a.load)
	h := w.Header()
	h.Set("Content-Type", contentType(a.name))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body := a.plain
	if a.gzipped != nil && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = a.gzipped
	}
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body)
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// acceptsGzip reads an Accept-Encoding header; "gzip;q=0" is a refusal.
func acceptsGzip(header string) bool {
	for _, coding := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q := strings.ReplaceAll(params, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.000")
		}
	}
	return false
}
