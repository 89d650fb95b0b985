package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDistIsCurrent bundles the sources anew and compares with what is
// committed. The editor cannot be bundled without the npm packages.
func TestDistIsCurrent(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../node_modules"); err != nil {
		t.Skip("static/node_modules is missing; npm ci --prefix static brings it")
	}
	fresh, err := bundle("..")
	if err != nil {
		t.Fatal(err)
	}
	committed := map[string][]byte{}
	dist := filepath.Join("..", "dist")
	err = filepath.WalkDir(dist, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dist, path)
		committed[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(hashes(committed), hashes(fresh)); diff != "" {
		t.Errorf("static/dist is not what static/src gives; run go generate ./static (-committed +fresh):\n%s", diff)
	}
}

func hashes(files map[string][]byte) map[string]string {
	sums := map[string]string{}
	for name, content := range files {
		sums[name] = fmt.Sprintf("%x", sha256.Sum256(content))
	}
	return sums
}
