// Command gen turns the .proto files of the API into Go code and into the
// OpenAPI description. It needs neither protoc nor buf: the files are compiled
// here, and the plugins are Go tools pinned in tools.mod.
//
// Run it with go generate ./api; it works in the folder api.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"github.com/bufbuild/protocompile"
	"github.com/bufbuild/protocompile/linker"
	_ "google.golang.org/genproto/googleapis/api/annotations" // registers google/api/annotations.proto
	"google.golang.org/protobuf/reflect/protoregistry"
	_ "google.golang.org/protobuf/types/descriptorpb" // registers google/protobuf/descriptor.proto
	_ "google.golang.org/protobuf/types/known/durationpb"
	_ "google.golang.org/protobuf/types/known/fieldmaskpb"
	_ "google.golang.org/protobuf/types/known/structpb"
	_ "google.golang.org/protobuf/types/known/timestamppb"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	names, err := protoFiles("proto")
	if err != nil {
		return err
	}
	files, err := compile(ctx, names)
	if err != nil {
		return err
	}
	for _, plugin := range []struct{ tool, options string }{
		{"protoc-gen-go", "module=flowbench"},
		{"protoc-gen-connect-go", "module=flowbench,simple"},
	} {
		if err := generate(ctx, plugin.tool, plugin.options, files); err != nil {
			return fmt.Errorf("%s: %w", plugin.tool, err)
		}
	}
	return writeOpenAPI("openapi.json", files)
}

// protoFiles lists the .proto files below dir, relative to it and sorted.
func protoFiles(dir string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".proto" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	sort.Strings(names)
	return names, err
}

// compile links our files; what they import from elsewhere comes from the Go
// packages that registered it.
func compile(ctx context.Context, names []string) (linker.Files, error) {
	ours := &protocompile.SourceResolver{ImportPaths: []string{"proto"}}
	registered := protocompile.ResolverFunc(func(path string) (protocompile.SearchResult, error) {
		file, err := protoregistry.GlobalFiles.FindFileByPath(path)
		return protocompile.SearchResult{Desc: file}, err
	})
	compiler := protocompile.Compiler{
		Resolver:       protocompile.CompositeResolver{ours, registered},
		SourceInfoMode: protocompile.SourceInfoStandard,
	}
	return compiler.Compile(ctx, names...)
}
