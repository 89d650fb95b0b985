package api

import (
	"context"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
)

// ListSamples returns the organization's own samples.
func (s *Server) ListSamples(ctx context.Context, _ *flowbenchpb.ListSamplesRequest) (*flowbenchpb.ListSamplesResponse, error) {
	list, err := s.services.Samples.List(ctx)
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListSamplesResponse{}
	for _, sample := range list {
		input, err := structFrom(sample.Context)
		if err != nil {
			return nil, err
		}
		response.Result = append(response.Result, &flowbenchpb.Sample{Id: sample.ID, Trigger: string(sample.Trigger), Name: sample.Name,
			Context: input, Sequence: sample.Sequence, ChangeDate: stamp(sample.ChangedAt), ByName: sample.ByName})
	}
	return response, nil
}

// SetSample stores a sample.
func (s *Server) SetSample(ctx context.Context, q *flowbenchpb.SetSampleRequest) (*flowbenchpb.SetSampleResponse, error) {
	input, err := contextJSON(q.GetContext())
	if err != nil {
		return nil, err
	}
	saved, err := s.services.Samples.Set(ctx, q.GetId(), models.Slug(q.GetTrigger()), q.GetName(), input)
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.SetSampleResponse{Id: saved.ID, Sequence: saved.Sequence, ChangeDate: stamp(saved.ChangedAt)}, nil
}

// DeleteSample removes a sample.
func (s *Server) DeleteSample(ctx context.Context, q *flowbenchpb.DeleteSampleRequest) (*flowbenchpb.DeleteSampleResponse, error) {
	if err := s.services.Samples.Delete(ctx, q.GetId()); err != nil {
		return nil, err
	}
	return &flowbenchpb.DeleteSampleResponse{}, nil
}
