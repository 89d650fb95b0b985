package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"connectrpc.com/connect"

	pb "flowbench/api/managementpb"
	"flowbench/models"
)

// internalID marks failures that are ours and not the caller's.
const internalID = "FLOWB-Int1e"

var problemIndex = indexProblems()

type problemKey struct {
	method string
	rule   models.Rule
}

func indexProblems() map[problemKey]problem {
	index := make(map[problemKey]problem, len(problems))
	for _, p := range problems {
		index[problemKey{p.Method, p.Rule}] = p
	}
	return index
}

// wireError turns any error into the one that clients see. Errors that are
// already made for the wire stay as they are.
func wireError(ctx context.Context, m method, err error) *connect.Error {
	var ready *connect.Error
	if errors.As(err, &ready) {
		return ready
	}
	var known *models.Error
	switch {
	case errors.As(err, &known) && known.Kind != models.KindInternal:
		return fromModel(ctx, m, known)
	case errors.Is(err, context.Canceled):
		return connect.NewError(connect.CodeCanceled, context.Canceled)
	case errors.Is(err, context.DeadlineExceeded):
		return connect.NewError(connect.CodeDeadlineExceeded, context.DeadlineExceeded)
	}
	return withDetail(connect.CodeInternal, internalID, translate(languageOf(ctx), "Errors.Internal"))
}

func fromModel(ctx context.Context, m method, known *models.Error) *connect.Error {
	row, ok := problemIndex[problemKey{m.name, known.Rule}]
	if !ok {
		row, ok = problemIndex[problemKey{"", known.Rule}]
	}
	if !ok {
		return withDetail(codeOf(known.Kind), "FLOWB-"+string(known.Rule), known.Message)
	}
	text := fill(translate(languageOf(ctx), row.Text), m, known)
	if row.ID == "" {
		return connect.NewError(row.Code, errors.New(text))
	}
	return withDetail(row.Code, row.ID, text)
}

// fill replaces the placeholders of a text.
func fill(text string, m method, known *models.Error) string {
	text = strings.ReplaceAll(text, "{request}", m.request)
	text = strings.ReplaceAll(text, "{detail}", known.Message)
	for name, value := range known.Args {
		text = strings.ReplaceAll(text, "{"+name+"}", fmt.Sprint(value))
	}
	return text
}

// withDetail makes the error form of ZITADEL: the id behind the message and
// both again in one detail.
func withDetail(code connect.Code, id, text string) *connect.Error {
	failure := connect.NewError(code, fmt.Errorf("%s (%s)", text, id))
	detail, err := connect.NewErrorDetail(&pb.ErrorDetail{Id: id, Message: text})
	if err == nil { // two strings always marshal unless they are not UTF-8
		failure.AddDetail(detail)
	}
	return failure
}

var codes = map[models.Kind]connect.Code{
	models.KindNotFound:         notFound,
	models.KindAlreadyExists:    exists,
	models.KindInvalid:          invalid,
	models.KindPrecondition:     precondition,
	models.KindUnauthenticated:  unauthorized,
	models.KindPermissionDenied: denied,
	models.KindExhausted:        exhausted,
	models.KindUnavailable:      unavailable,
}

func codeOf(kind models.Kind) connect.Code {
	if code, ok := codes[kind]; ok {
		return code
	}
	return connect.CodeInternal
}
