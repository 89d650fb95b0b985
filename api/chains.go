package api

import (
	"context"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
	"flowbench/services"
)

// RunTrigger runs what is bound to a trigger.
func (s *Server) RunTrigger(ctx context.Context, q *flowbenchpb.RunTriggerRequest) (*flowbenchpb.RunTriggerResponse, error) {
	input, err := contextJSON(q.GetContext())
	if err != nil {
		return nil, err
	}
	run, err := s.services.Runs.RunTrigger(ctx, services.RunTriggerRequest{
		Trigger: models.Slug(q.GetTrigger()), Context: input, HTTP: httpOptions(q.GetHttp()), Test: q.GetTest(),
		IdempotencyKey: q.GetIdempotencyKey(), Strict: q.GetStrict(),
	})
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.RunTriggerResponse{}
	return response, throughJSON(run, response)
}

// RunJourney runs several triggers as a sign-in would.
func (s *Server) RunJourney(ctx context.Context, q *flowbenchpb.RunJourneyRequest) (*flowbenchpb.RunJourneyResponse, error) {
	input, err := contextJSON(q.GetContext())
	if err != nil {
		return nil, err
	}
	request := services.RunJourneyRequest{Journey: q.GetJourney(), Context: input, HTTP: httpOptions(q.GetHttp()),
		Test: q.GetTest(), Strict: q.GetStrict()}
	for _, slug := range q.GetTriggers() {
		request.Triggers = append(request.Triggers, models.Slug(slug))
	}
	run, err := s.services.Runs.RunJourney(ctx, request)
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.RunJourneyResponse{}
	return response, throughJSON(run, response)
}
