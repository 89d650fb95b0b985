package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"connectrpc.com/connect"
	"connectrpc.com/grpchealth"
	"connectrpc.com/grpcreflect"
)

// knownMethods answers Unimplemented, with the text that gRPC clients expect,
// for methods the service does not have.
func knownMethods(path string, service http.Handler, failures *connect.ErrorWriter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if _, ok := methods[r.URL.Path]; ok {
			service.ServeHTTP(w, r)
			return
		}
		name, _ := strings.CutPrefix(r.URL.Path, path)
		err := connect.NewError(connect.CodeUnimplemented,
			fmt.Errorf("unknown method %s for service %s", name, strings.Trim(path, "/")))
		if failures.IsSupported(r) {
			_ = failures.Write(w, r, err) // the caller is gone if this fails
			return
		}
		http.NotFound(w, r)
	})
}

// addInfrastructure mounts reflection, both versions, and health.
func (h *Handler) addInfrastructure(serving func() bool) {
	var names []string
	for _, path := range slices.Sorted(maps.Keys(h.rpc)) {
		names = append(names, strings.Trim(path, "/"))
	}
	add := func(path string, handler http.Handler) {
		h.rpc[path] = handler
		h.addPrefix(path)
	}
	reflector := grpcreflect.NewStaticReflector(append(names, grpchealth.HealthV1ServiceName)...)
	add(grpcreflect.NewHandlerV1(reflector))
	add(grpcreflect.NewHandlerV1Alpha(reflector))
	add(grpchealth.NewHandler(health{names, serving}))
}

// health answers grpc.health.v1 for the server and for each service.
type health struct {
	names   []string
	serving func() bool
}

// Check reports whether a service is served; the empty name is the server.
func (h health) Check(_ context.Context, q *grpchealth.CheckRequest) (*grpchealth.CheckResponse, error) {
	if q.Service != "" && !slices.Contains(h.names, q.Service) {
		return nil, connect.NewError(connect.CodeNotFound, errors.New("unknown service "+q.Service))
	}
	if h.serving != nil && !h.serving() {
		return &grpchealth.CheckResponse{Status: grpchealth.StatusNotServing}, nil
	}
	return &grpchealth.CheckResponse{Status: grpchealth.StatusServing}, nil
}
