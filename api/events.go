package api

import (
	"context"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
)

// ListEvents returns a page of the audit log.
func (s *Server) ListEvents(ctx context.Context, q *flowbenchpb.ListEventsRequest) (*flowbenchpb.ListEventsResponse, error) {
	limit, err := pageLimit(q.GetLimit())
	if err != nil {
		return nil, err
	}
	filter := models.EventFilter{AggregateID: q.GetAggregateId(), ByID: q.GetById(), From: timeOf(q.GetFrom()), To: timeOf(q.GetTo()),
		BeforeID: q.GetBeforeId(), AfterID: q.GetAfterId(), Limit: limit}
	for _, t := range q.GetTypes() {
		filter.Types = append(filter.Types, models.EventType(t))
	}
	events, err := s.services.Events.List(ctx, filter)
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListEventsResponse{}
	for _, e := range events {
		event, err := eventToPB(e)
		if err != nil {
			return nil, err
		}
		response.Result = append(response.Result, event)
	}
	return response, nil
}

func eventToPB(e models.Event) (*flowbenchpb.Event, error) {
	before, err := structFrom(e.Before)
	if err != nil {
		return nil, err
	}
	after, err := structFrom(e.After)
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.Event{Id: e.ID, Aggregate: e.Aggregate, AggregateId: e.AggregateID, Sequence: e.Sequence, Type: string(e.Type),
		At: stamp(e.At), ById: e.ByID, ByName: e.ByName, Source: string(e.Source), RequestId: e.RequestID, Before: before, After: after}, nil
}
