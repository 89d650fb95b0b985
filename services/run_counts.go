package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
)

// Counts returns per action and trigger how often it ran in the last period on
// behalf of somebody, and how often it failed. Tests and cases do not count.
func (r *Runs) Counts(ctx context.Context, period time.Duration) ([]models.RunCount, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return r.store.RunCounts(ctx, p.OrgID, r.now().Add(-period))
}
