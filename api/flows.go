package api

import (
	"context"

	pb "flowbench/api/managementpb"
	"flowbench/auth"
	"flowbench/models"
)

// ListFlowTypes returns the four flows.
func (s *Server) ListFlowTypes(ctx context.Context, _ *pb.ListFlowTypesRequest) (*pb.ListFlowTypesResponse, error) {
	response := &pb.ListFlowTypesResponse{}
	for _, t := range models.FlowTypes() {
		response.Result = append(response.Result, flowTypeToPB(languageOf(ctx), t))
	}
	return response, nil
}

// ListFlowTriggerTypes returns the triggers of one flow.
func (s *Server) ListFlowTriggerTypes(ctx context.Context, q *pb.ListFlowTriggerTypesRequest) (*pb.ListFlowTriggerTypesResponse, error) {
	flow, ok := models.ParseFlowType(q.GetType())
	if !ok {
		return nil, models.NotFound(models.RuleFlowUnknown, "This flow does not exist.")
	}
	response := &pb.ListFlowTriggerTypesResponse{}
	for _, t := range models.TriggersOf(flow) {
		response.Result = append(response.Result, triggerTypeToPB(languageOf(ctx), t.Trigger))
	}
	return response, nil
}

// GetFlow returns what is bound to a flow. An unknown flow is answered as an
// empty one of type 0, as ZITADEL does.
func (s *Server) GetFlow(ctx context.Context, q *pb.GetFlowRequest) (*pb.GetFlowResponse, error) {
	flowType, ok := models.ParseFlowType(q.GetType())
	if !ok {
		return &pb.GetFlowResponse{Flow: flowToPB(languageOf(ctx), models.Flow{}, "")}, nil
	}
	flow, err := s.services.Flows.Get(ctx, flowType)
	if err != nil {
		return nil, err
	}
	return &pb.GetFlowResponse{Flow: flowToPB(languageOf(ctx), flow, auth.From(ctx).OrgID)}, nil
}

// ClearFlow empties all triggers of a flow.
func (s *Server) ClearFlow(ctx context.Context, q *pb.ClearFlowRequest) (*pb.ClearFlowResponse, error) {
	flow, _ := models.ParseFlowType(q.GetType()) // the service refuses the unknown
	result, err := s.services.Flows.Clear(ctx, flow)
	if err != nil {
		return nil, err
	}
	return &pb.ClearFlowResponse{Details: changed(result.Sequence, result.At, result.OrgID)}, nil
}

// SetTriggerActions replaces the list of one trigger.
func (s *Server) SetTriggerActions(ctx context.Context, q *pb.SetTriggerActionsRequest) (*pb.SetTriggerActionsResponse, error) {
	flow, _ := models.ParseFlowType(q.GetFlowType())
	trigger, _ := models.ParseTriggerType(q.GetTriggerType())
	result, err := s.services.Flows.SetTriggerActions(ctx,
		models.LaneChange{Flow: flow, Trigger: trigger, ActionIDs: q.GetActionIds()})
	if err != nil {
		return nil, err
	}
	return &pb.SetTriggerActionsResponse{Details: written(result.Sequence, result.At, result.OrgID)}, nil
}
