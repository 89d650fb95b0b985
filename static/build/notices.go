package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// notices is the file that holds the licences of what the bundles contain.
const notices = "licenses.txt"

// addNotices writes name, version and licence of every npm package that went
// into a bundle. The files of the packages carry no comments of their own, so
// esbuild cannot find them.
func (b *builder) addNotices(packages []string) error {
	var text strings.Builder
	text.WriteString("The scripts of the console contain the following packages.\n")
	for _, name := range packages {
		folder := filepath.Join(b.root, "node_modules", filepath.FromSlash(name))
		version, err := versionOf(folder)
		if err != nil {
			return err
		}
		licence, err := os.ReadFile(licenceFile(folder))
		if err != nil {
			return fmt.Errorf("licence of %s: %w", name, err)
		}
		fmt.Fprintf(&text, "\n%s\n%s %s\n\n%s\n", strings.Repeat("-", 72), name, version, strings.TrimSpace(string(licence)))
	}
	b.add(notices, notices, []byte(text.String()))
	return nil
}

func versionOf(folder string) (string, error) {
	data, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return "", err
	}
	var manifest struct{ Version string }
	err = json.Unmarshal(data, &manifest)
	return manifest.Version, err
}

// licenceFile finds the licence whatever its ending is.
func licenceFile(folder string) string {
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "license*"} {
		if found, _ := filepath.Glob(filepath.Join(folder, pattern)); len(found) > 0 {
			return found[0]
		}
	}
	return filepath.Join(folder, "LICENSE")
}

// packagesOf lists the npm packages among the inputs of the bundles.
func packagesOf(inputs []string) []string {
	var packages []string
	for _, input := range inputs {
		_, rest, ok := strings.Cut(input, "node_modules/")
		if !ok {
			continue
		}
		parts := strings.SplitN(rest, "/", 3)
		name := parts[0]
		if strings.HasPrefix(name, "@") && len(parts) > 1 {
			name += "/" + parts[1]
		}
		if !slices.Contains(packages, name) {
			packages = append(packages, name)
		}
	}
	slices.Sort(packages)
	return packages
}
