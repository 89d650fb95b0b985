package api

import (
	"context"

	"google.golang.org/protobuf/types/known/durationpb"

	"flowbench/api/flowbenchpb"
	pb "flowbench/api/managementpb"
	"flowbench/models"
)

// ListVersions returns the saved states of an action without their scripts.
func (s *Server) ListVersions(ctx context.Context, q *flowbenchpb.ListVersionsRequest) (*flowbenchpb.ListVersionsResponse, error) {
	list, err := s.services.Versions.List(ctx, q.GetActionId())
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListVersionsResponse{}
	for _, v := range list {
		v.Script = ""
		response.Result = append(response.Result, versionToPB(v))
	}
	return response, nil
}

// GetVersion returns one saved state.
func (s *Server) GetVersion(ctx context.Context, q *flowbenchpb.GetVersionRequest) (*flowbenchpb.GetVersionResponse, error) {
	v, err := s.services.Versions.Get(ctx, q.GetActionId(), int(q.GetNumber()))
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.GetVersionResponse{Version: versionToPB(v)}, nil
}

// RestoreVersion makes an earlier state the newest.
func (s *Server) RestoreVersion(ctx context.Context, q *flowbenchpb.RestoreVersionRequest) (*flowbenchpb.RestoreVersionResponse, error) {
	action, err := s.services.Versions.Restore(ctx, q.GetActionId(), int(q.GetNumber()))
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.RestoreVersionResponse{Sequence: action.Sequence, ChangeDate: stamp(action.ChangedAt),
		Version: int32(action.Version)}, nil
}

func versionToPB(v models.ActionVersion) *flowbenchpb.Version {
	return &flowbenchpb.Version{
		ActionId: v.ActionID, Number: int32(v.Number), Name: v.Name, Script: v.Script,
		Timeout: durationpb.New(models.EffectiveTimeout(v.Timeout)), AllowedToFail: v.AllowedToFail,
		State: pb.ActionState(v.State), Sequence: v.Sequence, EventType: string(v.EventType), At: stamp(v.At),
		ById: v.ByID, ByName: v.ByName, Source: string(v.Source), Note: v.Note,
	}
}

// UndeleteAction brings a deleted action back.
func (s *Server) UndeleteAction(ctx context.Context, q *flowbenchpb.UndeleteActionRequest) (*flowbenchpb.UndeleteActionResponse, error) {
	action, err := s.services.Actions.Undelete(ctx, q.GetActionId())
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.UndeleteActionResponse{Sequence: action.Sequence, ChangeDate: stamp(action.ChangedAt),
		Version: int32(action.Version)}, nil
}
