package services

import (
	"context"
	"time"
)

// Prune removes runs of all organizations that are older than maxAge or not
// among the newest maxCount of their organization; 0 turns a bound off. An
// organization may keep its runs for a shorter time. Prune is called by the
// server itself, so it needs no permission.
func (r *Runs) Prune(ctx context.Context, maxAge time.Duration, maxCount int) (removed int64, err error) {
	steps := []func() (int64, error){
		func() (int64, error) { return r.pruneOrgs(ctx) },
		func() (int64, error) { return 0, r.store.DeleteChainAnswersBefore(ctx, r.moment().Add(-KeepAnswers)) },
	}
	if maxAge > 0 {
		steps = append(steps, func() (int64, error) { return r.store.DeleteRunsBefore(ctx, r.moment().Add(-maxAge)) })
	}
	if maxCount > 0 {
		steps = append(steps, func() (int64, error) { return r.store.DeleteRunsBeyond(ctx, maxCount) })
	}
	for _, step := range steps {
		n, err := step()
		removed += n
		if err != nil {
			return removed, err
		}
	}
	if removed > 0 {
		r.log.InfoContext(ctx, "old runs removed", "count", removed)
	}
	return removed, nil
}

// pruneOrgs removes what the organizations themselves do not want to keep.
func (r *Runs) pruneOrgs(ctx context.Context) (removed int64, err error) {
	orgs, err := r.store.Orgs(ctx)
	if err != nil {
		return 0, err
	}
	for _, org := range orgs {
		settings, err := r.store.Settings(ctx, org.ID)
		if err != nil {
			return removed, err
		}
		if settings.RunsKeepFor <= 0 {
			continue
		}
		n, err := r.store.DeleteOrgRunsBefore(ctx, org.ID, r.moment().Add(-settings.RunsKeepFor))
		removed += n
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}
