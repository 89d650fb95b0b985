package services

import (
	"context"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// Scripts are the use cases of looking at script text without running it.
type Scripts struct{ *core }

// Check parses and lints a script.
func (s *Scripts) Check(ctx context.Context, req script.CheckRequest) (script.CheckResult, error) {
	p, err := auth.Require(ctx, auth.ActionTest)
	if err != nil {
		return script.CheckResult{}, err
	}
	if req.Trigger != "" {
		if _, ok := models.TriggerBySlug(req.Trigger); !ok {
			return script.CheckResult{}, errTriggerUnknown
		}
	}
	if s.engine == nil {
		return script.CheckResult{}, errNoEngine
	}
	req.OrgID = p.OrgID
	return s.engine.Check(ctx, req)
}

// Layers returns what keeps scripts apart from this machine.
func (s *Scripts) Layers(ctx context.Context) ([]models.Layer, error) {
	if _, err := auth.Require(ctx, auth.OrgRead); err != nil {
		return nil, err
	}
	if s.engine == nil {
		return nil, errNoEngine
	}
	return s.engine.Layers(), nil
}
