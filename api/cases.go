package api

import (
	"context"
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
	"flowbench/services"
)

// ListCases returns the cases of an action, or all.
func (s *Server) ListCases(ctx context.Context, q *flowbenchpb.ListCasesRequest) (*flowbenchpb.ListCasesResponse, error) {
	list, err := s.cases(ctx, q.GetActionId())
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListCasesResponse{}
	for _, c := range list {
		message, err := caseToPB(c)
		if err != nil {
			return nil, err
		}
		response.Result = append(response.Result, message)
	}
	return response, nil
}

func (s *Server) cases(ctx context.Context, actionID string) ([]models.Case, error) {
	if actionID == "" {
		return s.services.Cases.All(ctx)
	}
	return s.services.Cases.List(ctx, actionID)
}

// SetCase stores a case.
func (s *Server) SetCase(ctx context.Context, q *flowbenchpb.SetCaseRequest) (*flowbenchpb.SetCaseResponse, error) {
	data, err := protojson.Marshal(q)
	if err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	var input models.CaseInput // has the same JSON form
	if err := json.Unmarshal(data, &input); err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	saved, err := s.services.Cases.Set(ctx, input)
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.SetCaseResponse{Id: saved.ID, Sequence: saved.Sequence, ChangeDate: stamp(saved.ChangedAt)}, nil
}

// DeleteCase removes a case.
func (s *Server) DeleteCase(ctx context.Context, q *flowbenchpb.DeleteCaseRequest) (*flowbenchpb.DeleteCaseResponse, error) {
	if err := s.services.Cases.Delete(ctx, q.GetId()); err != nil {
		return nil, err
	}
	return &flowbenchpb.DeleteCaseResponse{}, nil
}

// RunCases runs cases and says how each went.
func (s *Server) RunCases(ctx context.Context, q *flowbenchpb.RunCasesRequest) (*flowbenchpb.RunCasesResponse, error) {
	results, err := s.services.Cases.Run(ctx, services.RunCasesRequest{
		IDs: q.GetIds(), ActionID: q.GetActionId(), Script: q.Script, Name: q.GetName()})
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.RunCasesResponse{}
	for _, result := range results {
		if result.Passed {
			response.Passed++
		} else {
			response.Failed++
		}
		message := &flowbenchpb.CaseResult{}
		if err := throughJSON(result, message); err != nil {
			return nil, err
		}
		response.Cases = append(response.Cases, message)
	}
	return response, nil
}

func caseToPB(c models.Case) (*flowbenchpb.Case, error) {
	message := &flowbenchpb.Case{Id: c.ID, ActionId: c.ActionID, Journey: c.Journey, Name: c.Name, Trigger: string(c.Trigger),
		Sequence: c.Sequence, ChangeDate: stamp(c.ChangedAt), ByName: c.ByName}
	var err error
	if message.Context, err = structFrom(c.Context); err != nil {
		return nil, err
	}
	if c.HTTP != "" {
		message.Http = &flowbenchpb.HTTPOptions{}
		if err := readJSON([]byte(c.HTTP), message.GetHttp()); err != nil {
			return nil, err
		}
	}
	if c.Expect != "" {
		message.Expect = &flowbenchpb.Expectation{}
		err = readJSON([]byte(c.Expect), message.GetExpect())
	}
	return message, err
}
