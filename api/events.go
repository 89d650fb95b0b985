package api

import (
	"context"
	"encoding/json"

	"google.golang.org/protobuf/types/known/structpb"

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

// RevertEvent takes an event back, or says what that would change.
func (s *Server) RevertEvent(ctx context.Context, q *flowbenchpb.RevertEventRequest) (*flowbenchpb.RevertEventResponse, error) {
	revert := s.services.Events.Revert
	if q.GetPreview() {
		revert = s.services.Events.Preview
	}
	reversal, err := revert(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.RevertEventResponse{}
	for _, c := range reversal.Changes {
		change := &flowbenchpb.Reversal{What: c.What, Name: c.Name}
		if change.Now, err = valueFrom(c.Now); err != nil {
			return nil, err
		}
		if change.Then, err = valueFrom(c.Then); err != nil {
			return nil, err
		}
		response.Changes = append(response.Changes, change)
	}
	return response, nil
}

// valueFrom reads a JSON value; no text is no value.
func valueFrom(data json.RawMessage) (*structpb.Value, error) {
	if len(data) == 0 {
		return nil, nil
	}
	value := &structpb.Value{}
	return value, readJSON(data, value)
}
