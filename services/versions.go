package services

import (
	"context"
	"fmt"

	"flowbench/auth"
	"flowbench/models"
)

// Versions are the saved states of actions.
type Versions struct{ *core }

// List returns the saved states of an action, the newest first.
func (v *Versions) List(ctx context.Context, actionID string) ([]models.ActionVersion, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	list, err := v.store.Versions(ctx, p.OrgID, actionID)
	if err == nil && len(list) == 0 {
		err = models.NotFound(models.RuleActionNotFound, "This action does not exist.")
	}
	return list, err
}

// Get returns one saved state of an action.
func (v *Versions) Get(ctx context.Context, actionID string, number int) (models.ActionVersion, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return models.ActionVersion{}, err
	}
	return v.store.Version(ctx, p.OrgID, actionID, number)
}

// Restore makes an earlier state the newest one. The state active or inactive
// stays as it is.
func (v *Versions) Restore(ctx context.Context, actionID string, number int) (models.Action, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return models.Action{}, err
	}
	old, err := v.store.Version(ctx, p.OrgID, actionID, number)
	if err != nil {
		return models.Action{}, err
	}
	in := models.ActionInput{Name: old.Name, Script: old.Script, Timeout: old.Timeout, AllowedToFail: old.AllowedToFail}
	restored := auth.WithPrincipal(ctx, withSource(p, models.SourceRestore))
	actions := Actions{v.core}
	return actions.change(restored, actionID, "action restored", models.EventActionChanged, fmt.Sprintf("Restored version %d", number),
		func(action *models.Action) error {
			if action.Input() == in {
				return models.Precondition(models.RuleActionNoChanges, "Nothing has changed.")
			}
			apply(action, in)
			return nil
		})
}

// withSource is the same caller, coming through another door.
func withSource(p *auth.Principal, source models.Source) *auth.Principal {
	q := *p
	q.Source = source
	return &q
}
