package api

import (
	"context"
	"strconv"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
	"flowbench/services"
)

// CheckScript lists the problems of a script.
func (s *Server) CheckScript(ctx context.Context, q *flowbenchpb.CheckScriptRequest) (*flowbenchpb.CheckScriptResponse, error) {
	result, err := s.services.Scripts.Check(ctx,
		services.CheckRequest{Name: q.GetName(), Script: q.GetScript(), Trigger: models.Slug(q.GetTrigger())})
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.CheckScriptResponse{}
	return response, throughJSON(result, response)
}

// ListTriggers returns the nine triggers in the order of a user's way.
func (s *Server) ListTriggers(ctx context.Context, _ *flowbenchpb.ListTriggersRequest) (*flowbenchpb.ListTriggersResponse, error) {
	response := &flowbenchpb.ListTriggersResponse{}
	language := languageOf(ctx)
	for _, t := range models.Triggers() {
		response.Result = append(response.Result, &flowbenchpb.Trigger{
			Slug: string(t.Slug), FlowType: strconv.Itoa(int(t.Flow)), TriggerType: strconv.Itoa(int(t.Trigger)),
			FlowName:    flowTypeToPB(language, t.Flow).GetName().GetLocalizedMessage(),
			TriggerName: triggerTypeToPB(language, t.Trigger).GetName().GetLocalizedMessage(),
		})
	}
	return response, nil
}
