package rest

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"connectrpc.com/connect"
	"github.com/gin-gonic/gin"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Invoke runs everything after decoding: it authenticates by the headers,
// checks, and then calls next. Its error becomes the JSON error.
type Invoke func(ctx context.Context, procedure string, header http.Header, request proto.Message,
	next func(context.Context) (proto.Message, error)) (proto.Message, *connect.Error)

// Mount adds a route below prefix for every method. It panics when a method
// has no HTTP rule or is not part of the service, which is a programming
// mistake.
func Mount(router gin.IRoutes, prefix string, service protoreflect.ServiceDescriptor, invoke Invoke, methods ...Method) {
	for _, method := range methods {
		descriptor := service.Methods().ByName(protoreflect.Name(method.Name))
		if descriptor == nil {
			panic(fmt.Sprintf("rest: %s has no method %s", service.FullName(), method.Name))
		}
		rule, _ := proto.GetExtension(descriptor.Options(), annotations.E_Http).(*annotations.HttpRule)
		procedure := "/" + string(service.FullName()) + "/" + method.Name
		for _, binding := range append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...) {
			verb, path := pattern(binding)
			route := &endpoint{method: method, invoke: invoke, withBody: binding.GetBody() == "*", procedure: procedure}
			router.Handle(verb, prefix+route.wildcards(descriptor, path), route.serve)
		}
	}
}

// endpoint serves one method.
type endpoint struct {
	method    Method
	procedure string
	withBody  bool
	path      []pathField
	invoke    Invoke
}

// pathField is a field of the request that comes from the path.
type pathField struct {
	wildcard string
	field    protoreflect.FieldDescriptor
}

// wildcards turns {field} into Gin's wildcards. They are named by position,
// because Gin refuses two names at the same place of two routes.
func (e *endpoint) wildcards(method protoreflect.MethodDescriptor, path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		name, found := strings.CutPrefix(segment, "{")
		if !found {
			continue
		}
		field := method.Input().Fields().ByName(protoreflect.Name(strings.TrimSuffix(name, "}")))
		wildcard := fmt.Sprintf("s%d", i)
		e.path = append(e.path, pathField{wildcard, field})
		segments[i] = ":" + wildcard
	}
	return strings.Join(segments, "/")
}

func (e *endpoint) serve(c *gin.Context) {
	request, failure := e.decode(c)
	if failure != nil {
		WriteError(c.Writer, failure)
		return
	}
	markUncacheable(c.Writer.Header())
	response, failure := e.invoke(c.Request.Context(), e.procedure, c.Request.Header, request,
		func(ctx context.Context) (proto.Message, error) { return e.method.Call(ctx, request) })
	if failure != nil {
		WriteError(c.Writer, failure)
		return
	}
	writeMessage(c.Writer, http.StatusOK, response)
}

func pattern(rule *annotations.HttpRule) (verb, path string) {
	switch p := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return http.MethodGet, p.Get
	case *annotations.HttpRule_Put:
		return http.MethodPut, p.Put
	case *annotations.HttpRule_Post:
		return http.MethodPost, p.Post
	case *annotations.HttpRule_Delete:
		return http.MethodDelete, p.Delete
	case *annotations.HttpRule_Patch:
		return http.MethodPatch, p.Patch
	}
	panic("rest: method without HTTP rule")
}
