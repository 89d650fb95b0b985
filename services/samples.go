package services

import (
	"context"
	"encoding/json"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// Sample is a context that a script can be tried with.
type Sample struct {
	Key     string // "slug/name", unique over all triggers
	Trigger models.Slug
	Title   string
	JSON    json.RawMessage
}

// Samples returns the built-in contexts of all triggers, in the order of the
// board, the usual one of each trigger first.
func (s *Scripts) Samples(ctx context.Context) ([]Sample, error) {
	if _, err := auth.Require(ctx, auth.ActionRead); err != nil {
		return nil, err
	}
	var list []Sample
	for _, trigger := range models.Triggers() {
		for _, sample := range script.Samples(trigger.Slug) {
			list = append(list, Sample{Key: string(trigger.Slug) + "/" + sample.ID, Trigger: trigger.Slug, Title: sample.Title, JSON: sample.JSON})
		}
	}
	return list, nil
}
