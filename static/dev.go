package static

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// DevHandler serves the files of a folder as they are at each request, for work
// on the console: go generate ./static shows on reload. An address whose
// fingerprint is older gets the present file of the same source.
func DevHandler(folder string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, Prefix)
		root, err := os.OpenRoot(folder)
		if err != nil {
			http.Error(w, "there is no folder "+folder+" here", http.StatusNotFound)
			return
		}
		defer func() { _ = root.Close() }()
		content, err := root.ReadFile(filepath.FromSlash(name))
		if err != nil {
			content, err = root.ReadFile(current(root, name))
		}
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", Policy)
		_, _ = w.Write(content)
	})
}

// current finds the present file of the source that an older name belongs to.
func current(root *os.Root, name string) string {
	data, err := root.ReadFile("manifest.json")
	if err != nil {
		return name
	}
	var m map[string]File
	if json.Unmarshal(data, &m) != nil {
		return name
	}
	parts := strings.Split(name, ".")
	if len(parts) < 3 {
		return name
	}
	source := strings.Join(append(parts[:len(parts)-2:len(parts)-2], parts[len(parts)-1]), ".")
	return filepath.FromSlash(m[source].Name)
}
