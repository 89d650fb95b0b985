package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/proto"

	"flowbench/auth"
	"flowbench/models"
)

// invoke is the way of every call, whatever its encoding, once the request is
// decoded: token, organization, membership, permission, text that can be
// stored, then the method with its field validation and business rules. It is
// also the one place where errors get their wire form and where failures of
// ours are logged.
func (s *Server) invoke(ctx context.Context, procedure string, header http.Header, request proto.Message,
	next func(context.Context) (proto.Message, error)) (proto.Message, *connect.Error) {
	m := methods[procedure]
	ctx = withLanguage(ctx, header.Get("Accept-Language"))
	response, err := s.checked(ctx, m, header, request, next)
	if err == nil {
		return response, nil
	}
	failure := wireError(ctx, m, err)
	s.logFailure(ctx, m, failure, err)
	return nil, failure
}

func (s *Server) checked(ctx context.Context, m method, header http.Header, request proto.Message,
	next func(context.Context) (proto.Message, error)) (response proto.Message, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			response, err = nil, fmt.Errorf("panic in %s: %v\n%s", m.name, cause, debug.Stack())
		}
	}()
	if !m.public {
		principal, err := s.authenticate(ctx, header)
		if err != nil {
			return nil, err
		}
		ctx = auth.WithPrincipal(ctx, principal)
		if m.permission != "" {
			if _, err := auth.Require(ctx, m.permission); err != nil {
				return nil, err
			}
		}
	}
	if err := checkText(m, request.ProtoReflect()); err != nil {
		return nil, err
	}
	return next(ctx)
}

// authenticate turns the headers of a call into a principal in the
// organization of the call.
func (s *Server) authenticate(ctx context.Context, header http.Header) (*auth.Principal, error) {
	secret, err := bearer(header.Get("Authorization"))
	if err != nil {
		return nil, err
	}
	userID, tokenID, err := s.caller(ctx, secret)
	if err != nil {
		return nil, err
	}
	principal, err := s.services.Principals.In(ctx, userID, header.Get("X-Zitadel-Orgid"), models.SourceAPI)
	if err != nil {
		return nil, err
	}
	principal.TokenID = tokenID
	if s.requestID != nil {
		principal.RequestID = s.requestID(ctx)
	}
	return principal, nil
}

// caller finds whose token this is. Another kind of token is another case
// here: it is told apart by its form, and answers the user it speaks for.
func (s *Server) caller(ctx context.Context, secret string) (userID, tokenID string, err error) {
	switch {
	default: // a personal access token
		return s.services.Principals.ByToken(ctx, secret)
	}
}

// bearer cuts the token out of an authorization header. The scheme is compared
// exactly, as ZITADEL does, and must occur once.
func bearer(header string) (string, error) {
	if header == "" {
		return "", &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleAuthHeaderMissing,
			Message: "The authorization header is missing."}
	}
	parts := strings.Split(header, "Bearer ")
	if len(parts) != 2 {
		return "", &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleAuthHeaderInvalid,
			Message: "The authorization header is not a bearer token."}
	}
	return parts[1], nil
}

func (s *Server) logFailure(ctx context.Context, m method, failure *connect.Error, err error) {
	switch failure.Code() {
	case connect.CodeInternal, connect.CodeUnknown:
		s.log.ErrorContext(ctx, "api call failed", "method", m.name, "request_id", s.idOf(ctx), "error", err)
	default:
		s.log.DebugContext(ctx, "api call refused", "method", m.name, "request_id", s.idOf(ctx), "code", int(failure.Code()))
	}
}

func (s *Server) idOf(ctx context.Context) string {
	if s.requestID == nil {
		return ""
	}
	return s.requestID(ctx)
}

// interceptor is invoke for gRPC and gRPC-Web.
func (s *Server) interceptor() connect.Interceptor {
	return connect.UnaryInterceptorFunc(func(next connect.UnaryFunc) connect.UnaryFunc {
		return func(ctx context.Context, request connect.AnyRequest) (connect.AnyResponse, error) {
			message, ok := request.Any().(proto.Message)
			if !ok {
				return nil, connect.NewError(connect.CodeInternal, fmt.Errorf("request of %s is no message", request.Spec().Procedure))
			}
			var response connect.AnyResponse
			_, failure := s.invoke(ctx, request.Spec().Procedure, request.Header(), message,
				func(ctx context.Context) (proto.Message, error) {
					var err error
					response, err = next(ctx, request)
					return nil, err
				})
			if failure != nil {
				return nil, failure
			}
			return response, nil
		}
	})
}
