package services

import (
	"context"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script/types"
)

// Completion is one member of ctx or api that an editor can offer.
type Completion = types.Completion

// Completions lists what ctx and api offer at a trigger.
func (s *Scripts) Completions(ctx context.Context, trigger models.Slug) ([]Completion, error) {
	if _, err := auth.Require(ctx, auth.ActionRead); err != nil {
		return nil, err
	}
	list := types.Completions(trigger)
	if list == nil {
		return nil, errTriggerUnknown
	}
	return list, nil
}
