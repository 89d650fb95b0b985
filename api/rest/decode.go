package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"unicode/utf8"

	"connectrpc.com/connect"
	"github.com/gin-gonic/gin"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// MaxMessageBytes is the largest request of any encoding.
const MaxMessageBytes = 4 << 20

// decode builds the request from the body, if the rule has one, and then from
// the path, whose values win.
func (e *endpoint) decode(c *gin.Context) (proto.Message, *connect.Error) {
	request := e.method.New()
	if e.withBody {
		body := http.MaxBytesReader(c.Writer, c.Request.Body, MaxMessageBytes)
		if err := DecodeBody(body, request); err != nil {
			return nil, decodeError(err, c.Request.ContentLength)
		}
	}
	for _, p := range e.path {
		value, err := parsePathValue(p.field, c.Param(p.wildcard))
		if err != nil {
			return nil, connect.NewError(connect.CodeInvalidArgument, err)
		}
		request.ProtoReflect().Set(p.field, value)
	}
	return request, nil
}

// DecodeBody reads the first JSON value of the body into the message, whatever
// the content type says. What follows that value is ignored, and so are unknown
// fields and unknown names of enum values. No value at all is an empty message.
func DecodeBody(body io.Reader, request proto.Message) error {
	var value json.RawMessage
	switch err := json.NewDecoder(body).Decode(&value); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return protojson.UnmarshalOptions{DiscardUnknown: true}.Unmarshal(value, request)
}

func decodeError(err error, length int64) *connect.Error {
	var tooLarge *http.MaxBytesError
	if !errors.As(err, &tooLarge) {
		return connect.NewError(connect.CodeInvalidArgument, err)
	}
	return connect.NewError(connect.CodeResourceExhausted,
		fmt.Errorf("grpc: received message larger than max (%d vs. %d)", max(length, MaxMessageBytes+1), MaxMessageBytes))
}

func parsePathValue(field protoreflect.FieldDescriptor, text string) (protoreflect.Value, error) {
	switch field.Kind() {
	case protoreflect.StringKind:
		if !utf8.ValidString(text) {
			return protoreflect.Value{}, fmt.Errorf("type mismatch, parameter: %s, error: invalid UTF-8", field.Name())
		}
		return protoreflect.ValueOfString(text), nil
	case protoreflect.Int32Kind:
		number, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return protoreflect.Value{}, fmt.Errorf("type mismatch, parameter: %s, error: %w", field.Name(), err)
		}
		return protoreflect.ValueOfInt32(int32(number)), nil
	case protoreflect.Int64Kind:
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return protoreflect.Value{}, fmt.Errorf("type mismatch, parameter: %s, error: %w", field.Name(), err)
		}
		return protoreflect.ValueOfInt64(number), nil
	}
	return protoreflect.Value{}, fmt.Errorf("parameter %s cannot be part of a path", field.Name())
}
