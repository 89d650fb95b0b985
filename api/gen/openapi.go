package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/bufbuild/protocompile/linker"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type object = map[string]any

// writeOpenAPI describes the REST form of every service as OpenAPI 3.1.
func writeOpenAPI(path string, files linker.Files) error {
	b := &builder{schemas: object{"Error": errorSchema()}, paths: object{}, taken: map[string]bool{}}
	for _, file := range files {
		for i := range file.Services().Len() {
			b.service(file.Services().Get(i))
		}
	}
	document := object{
		"openapi": "3.1.0",
		"info": object{"title": "Flowbench", "version": "1",
			"description": "ZITADEL's Management API v1 for actions and flows, and Flowbench's own API. The same methods answer gRPC and gRPC-Web."},
		"tags":     b.tags,
		"paths":    b.paths,
		"security": []any{object{"bearer": []any{}}},
		"components": object{"schemas": b.schemas,
			"securitySchemes": object{"bearer": object{"type": "http", "scheme": "bearer"}},
			"parameters": object{"org": object{"name": "x-zitadel-orgid", "in": "header", "schema": object{"type": "string"},
				"description": "The organization to work in; missing or empty means the caller's own."}}},
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}

type builder struct {
	schemas, paths object
	tags           []any
	taken          map[string]bool
}

func (b *builder) service(s protoreflect.ServiceDescriptor) {
	b.tags = append(b.tags, object{"name": string(s.Name()), "description": comment(s)})
	prefix, _ := option(s, "flowbench.options.v1.prefix").(string)
	for i := range s.Methods().Len() {
		method := s.Methods().Get(i)
		rule := httpRule(method)
		if rule == nil {
			continue
		}
		b.add(prefix, method, rule)
		for _, other := range rule.GetAdditionalBindings() {
			b.add(prefix, method, other)
		}
	}
}

// add describes one binding of a method.
func (b *builder) add(prefix string, method protoreflect.MethodDescriptor, rule *annotations.HttpRule) {
	verb, path := verbAndPath(rule)
	full := prefix + jsonPath(method, path)
	item, _ := b.paths[full].(object)
	if item == nil {
		item = object{}
		b.paths[full] = item
	}
	operation := b.operation(method, rule, path)
	id := string(method.Name())
	for n := 2; b.taken[id]; n++ { // ids are unique, bindings of a method are not
		id = fmt.Sprintf("%s%d", method.Name(), n)
	}
	b.taken[id] = true
	operation["operationId"] = id
	item[verb] = operation
}

func (b *builder) operation(method protoreflect.MethodDescriptor, rule *annotations.HttpRule, path string) object {
	operation := object{
		"tags":       []any{string(method.Parent().Name())},
		"summary":    comment(method),
		"parameters": b.parameters(method, path),
		"responses": object{
			"200":     object{"description": "The answer.", "content": jsonContent(b.ref(method.Output()))},
			"default": object{"description": "An error.", "content": jsonContent(object{"$ref": "#/components/schemas/Error"})},
		},
		"x-grpc": string(method.Parent().FullName()) + "/" + string(method.Name()),
	}
	if rule.GetBody() == "*" {
		operation["requestBody"] = object{"content": jsonContent(b.ref(method.Input()))}
	}
	if permission, ok := option(method, "flowbench.options.v1.permission").(string); ok {
		operation["x-permission"] = permission
	}
	if public, _ := option(method, "flowbench.options.v1.public").(bool); public {
		operation["security"] = []any{}
	}
	return operation
}

func (b *builder) parameters(method protoreflect.MethodDescriptor, path string) []any {
	list := []any{object{"$ref": "#/components/parameters/org"}}
	for _, match := range wildcard.FindAllStringSubmatch(path, -1) {
		field := method.Input().Fields().ByName(protoreflect.Name(match[1]))
		list = append(list, object{"name": field.JSONName(), "in": "path", "required": true, "schema": b.scalar(field)})
	}
	return list
}

func jsonContent(schema any) object {
	return object{"application/json": object{"schema": schema}}
}

func errorSchema() object {
	return object{"type": "object", "description": "What every failed call answers.", "properties": object{
		"code":    object{"type": "integer", "description": "The gRPC status code."},
		"message": object{"type": "string"},
		"details": object{"type": "array", "description": "Business errors carry one zitadel.v1.ErrorDetail.", "items": object{
			"type": "object", "properties": object{"@type": object{"type": "string"}, "id": object{"type": "string"}, "message": object{"type": "string"}}}},
	}}
}

var wildcard = regexp.MustCompile(`\{(\w+)\}`)

// jsonPath is the path with the JSON names of its fields.
func jsonPath(method protoreflect.MethodDescriptor, path string) string {
	return wildcard.ReplaceAllStringFunc(path, func(name string) string {
		field := method.Input().Fields().ByName(protoreflect.Name(strings.Trim(name, "{}")))
		return "{" + field.JSONName() + "}"
	})
}

func verbAndPath(rule *annotations.HttpRule) (string, string) {
	switch pattern := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return "get", pattern.Get
	case *annotations.HttpRule_Put:
		return "put", pattern.Put
	case *annotations.HttpRule_Post:
		return "post", pattern.Post
	case *annotations.HttpRule_Delete:
		return "delete", pattern.Delete
	case *annotations.HttpRule_Patch:
		return "patch", pattern.Patch
	}
	return "", ""
}

// option reads an option by its name, as the generator does not link the
// package that it generates.
func option(d protoreflect.Descriptor, name protoreflect.FullName) any {
	var found any
	d.Options().ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if field.FullName() == name {
			found = value.Interface()
		}
		return found == nil
	})
	return found
}

func httpRule(method protoreflect.MethodDescriptor) *annotations.HttpRule {
	message, ok := option(method, "google.api.http").(protoreflect.Message)
	if !ok {
		return nil
	}
	rule := &annotations.HttpRule{}
	data, err := proto.Marshal(message.Interface())
	if err != nil || proto.Unmarshal(data, rule) != nil {
		return nil
	}
	return rule
}

// comment is the text in front of a declaration as one paragraph.
func comment(d protoreflect.Descriptor) string {
	location := d.ParentFile().SourceLocations().ByDescriptor(d)
	return strings.Join(strings.Fields(location.LeadingComments), " ")
}
