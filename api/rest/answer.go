package rest

import (
	"net/http"
	"sync"
	"time"

	"connectrpc.com/connect"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// markUncacheable sets the headers of every answer that reached a method. The
// gateway that clients know also mirrors the metadata it got from behind.
func markUncacheable(h http.Header) {
	now := time.Now().UTC().Format(http.TimeFormat)
	h.Set("Cache-Control", "no-store")
	h.Set("Pragma", "no-cache")
	h.Set("Expires", now)
	h.Set("Grpcgateway-Cache-Control", "no-store")
	h.Set("Grpcgateway-Pragma", "no-cache")
	h.Set("Grpcgateway-Expires", now)
	h.Set("Grpcgateway-Content-Type", "application/grpc")
}

// WriteError answers the JSON form of an error with the HTTP status of its
// code.
func WriteError(w http.ResponseWriter, failure *connect.Error) {
	if failure.Code() == connect.CodeUnauthenticated {
		w.Header().Set("WWW-Authenticate", failure.Message())
	}
	writeMessage(w, HTTPStatus(failure.Code()), toStatus(failure))
}

// NotFound answers a path that no rule knows.
func NotFound(w http.ResponseWriter, _ *http.Request) {
	writeMessage(w, http.StatusNotFound, &spb.Status{Code: int32(connect.CodeNotFound), Message: "Not Found"})
}

// MethodNotAllowed answers a path that only has rules for other HTTP methods.
func MethodNotAllowed(w http.ResponseWriter, _ *http.Request) {
	writeMessage(w, http.StatusMethodNotAllowed,
		&spb.Status{Code: int32(connect.CodeUnimplemented), Message: "Method Not Allowed"})
}

func toStatus(failure *connect.Error) *spb.Status {
	status := &spb.Status{Code: int32(failure.Code()), Message: failure.Message()}
	for _, detail := range failure.Details() {
		status.Details = append(status.Details,
			&anypb.Any{TypeUrl: "type.googleapis.com/" + detail.Type(), Value: detail.Bytes()})
	}
	return status
}

var httpStatus = map[connect.Code]int{
	connect.CodeCanceled:           499,
	connect.CodeInvalidArgument:    http.StatusBadRequest,
	connect.CodeDeadlineExceeded:   http.StatusGatewayTimeout,
	connect.CodeNotFound:           http.StatusNotFound,
	connect.CodeAlreadyExists:      http.StatusConflict,
	connect.CodePermissionDenied:   http.StatusForbidden,
	connect.CodeResourceExhausted:  http.StatusTooManyRequests,
	connect.CodeFailedPrecondition: http.StatusBadRequest,
	connect.CodeAborted:            http.StatusConflict,
	connect.CodeOutOfRange:         http.StatusBadRequest,
	connect.CodeUnimplemented:      http.StatusNotImplemented,
	connect.CodeUnavailable:        http.StatusServiceUnavailable,
	connect.CodeUnauthenticated:    http.StatusUnauthorized,
}

// HTTPStatus returns the HTTP status that stands for a gRPC code.
func HTTPStatus(code connect.Code) int {
	if status, ok := httpStatus[code]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// buffers spares an allocation of the size of the answer; a list of 50 actions
// takes half the time with it.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func writeMessage(w http.ResponseWriter, status int, m proto.Message) {
	buffer := buffers.Get().(*[]byte)
	defer recycle(buffer)
	text, err := protojson.MarshalOptions{}.MarshalAppend((*buffer)[:0], m)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"code":13,"message":"An internal error occurred"}`)
	}
	*buffer = text
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the caller is gone if this fails
}

// recycle keeps a buffer unless it grew so large that it would only hold memory.
func recycle(buffer *[]byte) {
	if cap(*buffer) <= 1<<20 {
		buffers.Put(buffer)
	}
}
