package api

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "flowbench/api/managementpb"
	"flowbench/models"
)

// maxFilterLength is the longest text of a list filter, in code points.
const maxFilterLength = 200

const (
	embedded      = "embedded message failed validation | caused by: "
	undefined     = "value must be one of the defined enum values"
	filterTooLong = "value length must be at most 200 runes"
)

func invalidf(format string, args ...any) *connect.Error {
	return connect.NewError(connect.CodeInvalidArgument, fmt.Errorf(format, args...))
}

// checkText refuses the character U+0000 anywhere in a request: PostgreSQL
// cannot store it, and both databases must answer alike.
func checkText(m method, message protoreflect.Message) error {
	var err error
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		err = checkFieldText(m, field, value)
		return err == nil
	})
	return err
}

func checkFieldText(m method, field protoreflect.FieldDescriptor, value protoreflect.Value) error {
	switch {
	case field.IsMap():
		return nil
	case field.IsList():
		for i := range value.List().Len() {
			if err := checkValueText(m, field, value.List().Get(i)); err != nil {
				return err
			}
		}
		return nil
	}
	return checkValueText(m, field, value)
}

func checkValueText(m method, field protoreflect.FieldDescriptor, value protoreflect.Value) error {
	switch field.Kind() {
	case protoreflect.StringKind:
		if strings.ContainsRune(value.String(), 0) {
			return invalidf("invalid %s.%s: value must not contain the character U+0000", m.request, goName(field))
		}
	case protoreflect.MessageKind:
		return checkText(m, value.Message())
	}
	return nil
}

// goName is the field's name as validation texts spell it: ActionIds.
func goName(field protoreflect.FieldDescriptor) string {
	name := field.JSONName()
	return strings.ToUpper(name[:1]) + name[1:]
}

// checkTimeout refuses durations that are none. Their range is a rule of the
// action.
func checkTimeout(request string, timeout *durationpb.Duration) error {
	if timeout == nil {
		return nil
	}
	if err := timeout.CheckValid(); err != nil {
		return invalidf("invalid %s.Timeout: value is not a valid duration | caused by: %w", request, err)
	}
	return nil
}

// checkID is the length rule that only updates have.
func checkID(id string) error {
	if n := utf8.RuneCountInString(id); n < 1 || n > maxFilterLength {
		return models.Invalid(models.RuleActionIDLength, "id", "The id must have 1 to 200 characters.")
	}
	return nil
}

// checkQueries validates the criteria of a list in their order.
func checkQueries(queries []*pb.ActionQuery) error {
	for i, query := range queries {
		if fault := queryFault(query); fault != "" {
			return invalidf("invalid ListActionsRequest.Queries[%d]: %s%s", i, embedded, fault)
		}
	}
	return nil
}

func queryFault(query *pb.ActionQuery) string {
	switch q := query.GetQuery().(type) {
	case *pb.ActionQuery_ActionIdQuery:
		if utf8.RuneCountInString(q.ActionIdQuery.GetId()) > maxFilterLength {
			return "invalid ActionQuery.ActionIdQuery: " + embedded + "invalid ActionIDQuery.Id: " + filterTooLong
		}
	case *pb.ActionQuery_ActionNameQuery:
		if fault := textFault(q.ActionNameQuery.GetName(), q.ActionNameQuery.GetMethod(), "Name"); fault != "" {
			return "invalid ActionQuery.ActionNameQuery: " + embedded + "invalid ActionNameQuery." + fault
		}
	case *pb.ActionQuery_ActionStateQuery:
		if _, ok := pb.ActionState_name[int32(q.ActionStateQuery.GetState())]; !ok {
			return "invalid ActionQuery.ActionStateQuery: " + embedded + "invalid ActionStateQuery.State: " + undefined
		}
	default:
		return "invalid ActionQuery.Query: value is required"
	}
	return ""
}

// textFault checks a text filter whose field is called name.
func textFault(text string, method pb.TextQueryMethod, name string) string {
	if utf8.RuneCountInString(text) > maxFilterLength {
		return name + ": " + filterTooLong
	}
	if _, ok := pb.TextQueryMethod_name[int32(method)]; !ok {
		return "Method: " + undefined
	}
	return ""
}

// checkOrgQueries validates the criteria of a list of organizations.
func checkOrgQueries(request string, queries []*pb.OrgQuery) error {
	for i, query := range queries {
		if fault := orgQueryFault(query); fault != "" {
			return invalidf("invalid %s.Queries[%d]: %s%s", request, i, embedded, fault)
		}
	}
	return nil
}

func orgQueryFault(query *pb.OrgQuery) string {
	switch q := query.GetQuery().(type) {
	case *pb.OrgQuery_NameQuery:
		if fault := textFault(q.NameQuery.GetName(), q.NameQuery.GetMethod(), "Name"); fault != "" {
			return "invalid OrgQuery.NameQuery: " + embedded + "invalid OrgNameQuery." + fault
		}
	case *pb.OrgQuery_DomainQuery:
		if fault := textFault(q.DomainQuery.GetDomain(), q.DomainQuery.GetMethod(), "Domain"); fault != "" {
			return "invalid OrgQuery.DomainQuery: " + embedded + "invalid OrgDomainQuery." + fault
		}
	case *pb.OrgQuery_StateQuery:
		if _, ok := pb.OrgState_name[int32(q.StateQuery.GetState())]; !ok {
			return "invalid OrgQuery.StateQuery: " + embedded + "invalid OrgStateQuery.State: " + undefined
		}
	case *pb.OrgQuery_IdQuery:
		if utf8.RuneCountInString(q.IdQuery.GetId()) > maxFilterLength {
			return "invalid OrgQuery.IdQuery: " + embedded + "invalid OrgIDQuery.Id: " + filterTooLong
		}
	default:
		return "invalid OrgQuery.Query: value is required"
	}
	return ""
}
