package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// styles is the one style sheet; every script directly in src/js is an entry of
// its own, what they share is in src/js/lib.
const styles = "css/app.css"

// copies are files that only get a fingerprint.
var copies = []string{"img/icons.svg", "img/logo.svg"}

// file is one entry of the manifest; package static reads it.
type file struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "static/build:", err)
		os.Exit(1)
	}
}

// run writes root/dist anew from root/src.
func run(root string) error {
	files, err := bundle(root)
	if err != nil {
		return err
	}
	out := filepath.Join(root, "dist")
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	for name, content := range files {
		target := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// bundle returns all files of dist by name, the manifest included.
func bundle(root string) (map[string][]byte, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	scripts, err := filepath.Glob(filepath.Join(root, "src", "js", "*.js"))
	if err != nil {
		return nil, err
	}
	result := api.Build(options(root, append(scripts, filepath.Join(root, "src", filepath.FromSlash(styles)))))
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), ""))
	}
	b := &builder{root: root, files: map[string][]byte{}, manifest: map[string]file{}}
	if err := b.addBundles(result); err != nil {
		return nil, err
	}
	for _, name := range copies {
		if err := b.addCopy(name); err != nil {
			return nil, err
		}
	}
	manifest, err := json.MarshalIndent(b.manifest, "", "  ")
	b.files["manifest.json"] = append(manifest, '\n')
	return b.files, err
}

func options(root string, points []string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints: points, AbsWorkingDir: root,
		Outbase: filepath.Join(root, "src"), Outdir: filepath.Join(root, "dist"),
		EntryNames: "[dir]/[name].[hash]", ChunkNames: "js/[name].[hash]",
		Bundle: true, Splitting: true, Format: api.FormatESModule, Target: api.ES2022,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, Metafile: true, Write: false,
	}
}

type builder struct {
	root     string
	files    map[string][]byte
	manifest map[string]file
}

func (b *builder) add(source, name string, content []byte) {
	sum := sha256.Sum256(content)
	b.files[name] = content
	b.manifest[source] = file{Name: name, SHA256: hex.EncodeToString(sum[:])}
}

// addBundles enters what esbuild made: entries under the names of their
// sources, shared chunks under their own.
func (b *builder) addBundles(result api.BuildResult) error {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string         `json:"entryPoint"`
			Inputs     map[string]any `json:"inputs"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return err
	}
	var inputs []string
	for _, out := range result.OutputFiles {
		rel, err := filepath.Rel(b.root, out.Path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		name := strings.TrimPrefix(rel, "dist/")
		source := strings.TrimPrefix(meta.Outputs[rel].EntryPoint, "src/")
		if source == "" {
			source = name
		}
		b.add(source, name, out.Contents)
		inputs = slices.AppendSeq(inputs, maps.Keys(meta.Outputs[rel].Inputs))
	}
	return b.addNotices(packagesOf(inputs))
}

func (b *builder) addCopy(source string) error {
	content, err := os.ReadFile(filepath.Join(b.root, "src", filepath.FromSlash(source)))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	ext := filepath.Ext(source)
	name := strings.TrimSuffix(source, ext) + "." + strings.ToUpper(hex.EncodeToString(sum[:4])) + ext
	b.add(source, name, content)
	return nil
}
