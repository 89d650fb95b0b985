package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"
)

func archive(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o600, Size: int64(len(content))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUntar(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file string
		ok   bool
	}{
		"file_of_the_package_is_written": {"package/lib/a.js", true},
		"climbing_out_is_refused":        {"package/../../evil.js", false},
		"absolute_path_is_refused":       {"/etc/evil", false},
		"other_folder_is_refused":        {"other/a.js", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			err := untar(archive(t, tt.file, "content"), dir)
			if (err == nil) != tt.ok {
				t.Fatalf("untar: %v", err)
			}
			if got, _ := os.ReadFile(filepath.Join(dir, tt.file)); tt.ok && string(got) != "content" {
				t.Errorf("content = %q", got)
			}
		})
	}
}

func TestVerifyRefusesAnotherArchive(t *testing.T) {
	t.Parallel()
	data := archive(t, "package/a", "a")
	sum := sha512.Sum512(data)
	p := npmPackage{"x", "1", base64.StdEncoding.EncodeToString(sum[:])}
	if err := p.verify(data); err != nil {
		t.Errorf("same archive: %v", err)
	}
	if err := p.verify(data[1:]); err == nil {
		t.Error("another archive was accepted")
	}
}
