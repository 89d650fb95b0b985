package services

import (
	"context"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// DeactivateAll makes flows skip every active action, in one transaction and
// with one event for each, and returns how many there were. It is the emergency
// stop of an organization.
func (a *Actions) DeactivateAll(ctx context.Context) (int, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return 0, err
	}
	count := 0
	err = a.store.Tx(ctx, func(st *store.Store) error {
		count = 0
		if _, err := st.LockOrg(ctx, p.OrgID); err != nil {
			return err
		}
		return a.deactivateActive(ctx, st, p.OrgID, &count)
	})
	if err != nil {
		return 0, err
	}
	a.changed(ctx, "all actions deactivated", "org_id", p.OrgID, "count", count)
	return count, nil
}

// deactivateActive works page by page; each page leaves fewer that are active.
func (a *Actions) deactivateActive(ctx context.Context, st *store.Store, orgID string, count *int) error {
	active := models.ActionActive
	for {
		page, err := st.Actions(ctx, orgID, models.ActionFilter{Queries: []models.ActionQuery{{State: &active}}})
		if err != nil || len(page.Actions) == 0 {
			return err
		}
		for _, listed := range page.Actions {
			before, err := st.LockAction(ctx, orgID, listed.ID)
			if err != nil {
				return err
			}
			action := before
			action.State, action.ChangedAt = models.ActionInactive, a.moment()
			action.Sequence++
			action.Version++
			if err := st.SaveAction(ctx, action); err != nil {
				return err
			}
			if err := keep(ctx, st, describe(before), action, models.EventActionDeactivated, "Emergency stop"); err != nil {
				return err
			}
			*count++
		}
	}
}
