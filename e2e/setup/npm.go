package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// npmPackage is a published package and the base64 SHA-512 of its archive.
type npmPackage struct{ name, version, sha512 string }

// attempts to fetch a package, for registries that fail now and then.
const attempts = 3

// install fetches the package with npm, which knows the registry this machine
// is set up for, and unpacks it to dir in one step.
func (p npmPackage) install(dir string) error {
	archive, err := p.fetch()
	if err != nil {
		return fmt.Errorf("fetch %s@%s with npm: %w", p.name, p.version, err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), "unpack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := untar(archive, tmp); err != nil {
		return fmt.Errorf("unpack %s: %w", p.name, err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

func (p npmPackage) fetch() ([]byte, error) {
	var faults []error
	for range attempts {
		archive, err := p.pack()
		if err == nil {
			return archive, p.verify(archive)
		}
		faults = append(faults, err)
	}
	return nil, errors.Join(faults...)
}

func (p npmPackage) pack() ([]byte, error) {
	tmp, err := os.MkdirTemp("", "npm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if err := command("npm", "pack", p.name+"@"+p.version, "--silent", "--pack-destination", tmp).Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(tmp, p.name+"-"+p.version+".tgz"))
}

func (p npmPackage) verify(archive []byte) error {
	sum := sha512.Sum512(archive)
	if got := base64.StdEncoding.EncodeToString(sum[:]); got != p.sha512 {
		return fmt.Errorf("the archive's SHA-512 is %s, not the pinned one", got)
	}
	return nil
}

// untar writes the regular files of an npm archive, which are all below
// "package/".
func untar(archive []byte, dir string) error {
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	for files := tar.NewReader(zipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if !strings.HasPrefix(header.Name, "package/") || !filepath.IsLocal(header.Name) {
			return fmt.Errorf("unexpected file %q", header.Name)
		}
		if err := write(filepath.Join(dir, header.Name), files); err != nil {
			return err
		}
	}
}

func write(path string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}
