package rest

import (
	"context"

	"google.golang.org/protobuf/proto"
)

// Method is one unary method with its types erased.
type Method struct {
	Name string // as in the service descriptor
	New  func() proto.Message
	Call func(context.Context, proto.Message) (proto.Message, error)
}

// message is a pointer to a generated message struct.
type message[T any] interface {
	*T
	proto.Message
}

// Unary erases the types of a method's implementation.
func Unary[Q, R any, PQ message[Q], PR message[R]](name string, call func(context.Context, PQ) (PR, error)) Method {
	return Method{
		Name: name,
		New:  func() proto.Message { return PQ(new(Q)) },
		Call: func(ctx context.Context, request proto.Message) (proto.Message, error) {
			response, err := call(ctx, request.(PQ))
			if err != nil {
				return nil, err // not a typed nil message
			}
			return response, nil
		},
	}
}
