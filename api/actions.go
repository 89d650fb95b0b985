package api

import (
	"context"

	"google.golang.org/protobuf/types/known/durationpb"

	pb "flowbench/api/managementpb"
	"flowbench/models"
)

// Healthz answers as long as the server runs.
func (s *Server) Healthz(context.Context, *pb.HealthzRequest) (*pb.HealthzResponse, error) {
	return &pb.HealthzResponse{}, nil
}

// ListActions returns a page of the organization's actions.
func (s *Server) ListActions(ctx context.Context, q *pb.ListActionsRequest) (*pb.ListActionsResponse, error) {
	if err := checkQueries(q.GetQueries()); err != nil {
		return nil, err
	}
	page, err := s.services.Actions.List(ctx, filterFromPB(q))
	if err != nil {
		return nil, err
	}
	return &pb.ListActionsResponse{Details: s.listDetails(page.Total, len(page.Actions)), Result: actionsToPB(page.Actions)}, nil
}

// listDetails counts the whole list; an empty page reports no total, as
// ZITADEL's query reads the total from the rows of the page.
func (s *Server) listDetails(total uint64, rows int) *pb.ListDetails {
	if rows == 0 {
		total = 0
	}
	return &pb.ListDetails{TotalResult: total, ViewTimestamp: stamp(s.now())}
}

// GetAction returns one action.
func (s *Server) GetAction(ctx context.Context, q *pb.GetActionRequest) (*pb.GetActionResponse, error) {
	action, err := s.services.Actions.Get(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	return &pb.GetActionResponse{Action: actionToPB(action)}, nil
}

// CreateAction stores a new action.
func (s *Server) CreateAction(ctx context.Context, q *pb.CreateActionRequest) (*pb.CreateActionResponse, error) {
	in := inputFrom(q.GetName(), q.GetScript(), q.GetTimeout(), q.GetAllowedToFail())
	if err := s.checkInput("CreateActionRequest", in, q.GetTimeout()); err != nil {
		return nil, err
	}
	action, err := s.services.Actions.Create(ctx, in)
	if err != nil {
		return nil, err
	}
	return &pb.CreateActionResponse{Id: action.ID, Details: written(action.Sequence, action.ChangedAt, action.OrgID)}, nil
}

// UpdateAction replaces an action's name and settings.
func (s *Server) UpdateAction(ctx context.Context, q *pb.UpdateActionRequest) (*pb.UpdateActionResponse, error) {
	if err := checkID(q.GetId()); err != nil {
		return nil, err
	}
	in := inputFrom(q.GetName(), q.GetScript(), q.GetTimeout(), q.GetAllowedToFail())
	if err := s.checkInput("UpdateActionRequest", in, q.GetTimeout()); err != nil {
		return nil, err
	}
	action, err := s.services.Actions.Update(ctx, q.GetId(), in, nil)
	if err != nil {
		return nil, err
	}
	return &pb.UpdateActionResponse{Details: written(action.Sequence, action.ChangedAt, action.OrgID)}, nil
}

// DeactivateAction makes flows skip an action.
func (s *Server) DeactivateAction(ctx context.Context, q *pb.DeactivateActionRequest) (*pb.DeactivateActionResponse, error) {
	action, err := s.services.Actions.Deactivate(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	return &pb.DeactivateActionResponse{Details: written(action.Sequence, action.ChangedAt, action.OrgID)}, nil
}

// ReactivateAction makes flows run an action again.
func (s *Server) ReactivateAction(ctx context.Context, q *pb.ReactivateActionRequest) (*pb.ReactivateActionResponse, error) {
	action, err := s.services.Actions.Reactivate(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	return &pb.ReactivateActionResponse{Details: written(action.Sequence, action.ChangedAt, action.OrgID)}, nil
}

// DeleteAction deletes an action for good.
func (s *Server) DeleteAction(ctx context.Context, q *pb.DeleteActionRequest) (*pb.DeleteActionResponse, error) {
	if err := s.services.Actions.Delete(ctx, q.GetId()); err != nil {
		return nil, err
	}
	return &pb.DeleteActionResponse{}, nil
}

func inputFrom(name, script string, timeout *durationpb.Duration, allowedToFail bool) models.ActionInput {
	return models.ActionInput{Name: name, Script: script, Timeout: timeout.AsDuration(), AllowedToFail: allowedToFail}
}

// checkInput validates the fields in the order of the message, of which the
// validity of the duration is the last.
func (s *Server) checkInput(request string, in models.ActionInput, timeout *durationpb.Duration) error {
	fault := in.Validate(s.services.ScriptLimit())
	if fault != nil && models.RuleOf(fault) != models.RuleTimeoutRange {
		return fault
	}
	if err := checkTimeout(request, timeout); err != nil {
		return err
	}
	return fault
}
