package help

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Reference is the API as people read it, grouped by service.
type Reference struct {
	Services []Service
}

// Service is a group of methods.
type Service struct {
	Name    string
	Methods []Method
}

// Method is one operation with its fields.
type Method struct {
	Name, HTTP, Path, Summary, Permission, GRPC string
	Request, Response                           []Field
}

// Field is one member of a message.
type Field struct {
	Name, Type, Doc string
}

// openAPI is what the reference needs of the description.
type openAPI struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Tags        []string
	GRPC        string `json:"x-grpc"`
	Permission  string `json:"x-permission"`
	RequestBody content
	Responses   map[string]content
}

type content struct {
	Content map[string]struct{ Schema schema }
}

type schema struct {
	Ref         string `json:"$ref"`
	Type        any
	Format      string
	Description string
	Enum        []string
	Items       *schema
	Properties  map[string]schema
}

// ReadReference makes the reference from an OpenAPI description.
func ReadReference(description []byte) (Reference, error) {
	var api openAPI
	if err := json.Unmarshal(description, &api); err != nil {
		return Reference{}, fmt.Errorf("read API description: %w", err)
	}
	groups := map[string][]Method{}
	for path, operations := range api.Paths {
		for verb, op := range operations {
			service := strings.Join(op.Tags, ", ")
			groups[service] = append(groups[service], api.method(strings.ToUpper(verb), path, op))
		}
	}
	var r Reference
	for name, methods := range groups {
		slices.SortFunc(methods, func(a, b Method) int { return strings.Compare(a.Path+a.HTTP, b.Path+b.HTTP) })
		r.Services = append(r.Services, Service{name, methods})
	}
	slices.SortFunc(r.Services, func(a, b Service) int { return rank(a) - rank(b) })
	return r, nil
}

// rank puts the services of the contract first.
func rank(s Service) int {
	switch s.Name {
	case "ManagementService":
		return 0
	case "RunService":
		return 1
	}
	return 2 + int(s.Name[0])
}

func (api openAPI) method(verb, path string, op operation) Method {
	m := Method{Name: op.OperationID, HTTP: verb, Path: path, Summary: op.Summary, Permission: op.Permission, GRPC: op.GRPC}
	m.Request = api.fields(op.RequestBody)
	m.Response = api.fields(op.Responses["200"])
	return m
}

func (api openAPI) fields(c content) []Field {
	var list []Field
	for _, body := range c.Content {
		message := api.Components.Schemas[shortRef(body.Schema.Ref)]
		for name, s := range message.Properties {
			list = append(list, Field{Name: name, Type: api.typeOf(s), Doc: s.Description})
		}
	}
	slices.SortFunc(list, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func shortRef(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

// typeOf writes a type in words that fit into a cell.
func (api openAPI) typeOf(s schema) string {
	switch {
	case s.Ref != "":
		name := shortRef(s.Ref)
		if values := api.Components.Schemas[name].Enum; len(values) > 0 {
			return strings.Join(values, ", ")
		}
		return name[strings.LastIndexByte(name, '.')+1:]
	case s.Items != nil:
		return "list of " + api.typeOf(*s.Items)
	case s.Format != "":
		return s.Format
	}
	return fmt.Sprint(s.Type)
}
