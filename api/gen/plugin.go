package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/bufbuild/protocompile/linker"
	"github.com/bufbuild/protocompile/protoutil"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"
)

// generate runs one plugin over the files and writes what it answers below the
// module's root.
func generate(ctx context.Context, tool, options string, files linker.Files) error {
	request := &pluginpb.CodeGeneratorRequest{Parameter: proto.String(options)}
	seen := map[string]bool{}
	for _, file := range files {
		request.FileToGenerate = append(request.FileToGenerate, file.Path())
		request.ProtoFile = appendFile(request.ProtoFile, file, seen)
	}
	response, err := runPlugin(ctx, tool, request)
	if err != nil {
		return err
	}
	for _, file := range response.GetFile() {
		path := filepath.Join("..", filepath.FromSlash(file.GetName()))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(file.GetContent()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func runPlugin(ctx context.Context, tool string, request *pluginpb.CodeGeneratorRequest) (*pluginpb.CodeGeneratorResponse, error) {
	input, err := proto.MarshalOptions{Deterministic: true}.Marshal(request)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "go", "tool", "-modfile=../tools.mod", tool)
	command.Stdin = bytes.NewReader(input)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, err
	}
	response := &pluginpb.CodeGeneratorResponse{}
	if err := proto.Unmarshal(output, response); err != nil {
		return nil, err
	}
	if response.Error != nil {
		return nil, errors.New(response.GetError())
	}
	return response, nil
}

// appendFile adds a file after everything it imports. Plugins must see the
// registered form of files that are not ours, as their generated code refers to
// the registered types.
func appendFile(list []*descriptorpb.FileDescriptorProto, file protoreflect.FileDescriptor, seen map[string]bool) []*descriptorpb.FileDescriptorProto {
	if seen[file.Path()] {
		return list
	}
	seen[file.Path()] = true
	registered, err := protoregistry.GlobalFiles.FindFileByPath(file.Path())
	if err == nil {
		file = registered
	}
	for i := range file.Imports().Len() {
		list = appendFile(list, file.Imports().Get(i).FileDescriptor, seen)
	}
	if err == nil {
		return append(list, protodesc.ToFileDescriptorProto(file))
	}
	return append(list, protoutil.ProtoFromFileDescriptor(file))
}
