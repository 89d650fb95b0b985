package services

import (
	"context"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// Parses reports whether a script has no syntax error. It only needs the right
// to read the script, unlike Check.
func (s *Scripts) Parses(ctx context.Context, text string) (bool, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return false, err
	}
	if s.engine == nil {
		return false, errNoEngine
	}
	result, err := s.engine.Check(ctx, script.CheckRequest{OrgID: p.OrgID, Script: text})
	if err != nil {
		return false, err
	}
	for _, problem := range result.Problems {
		if problem.Rule == models.RuleSyntax {
			return false, nil
		}
	}
	return true, nil
}
