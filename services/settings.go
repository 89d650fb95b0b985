package services

import (
	"context"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Settings are what an organization decides for itself.
type Settings struct{ *core }

// Get returns the settings of the principal's organization.
func (s *Settings) Get(ctx context.Context) (models.Settings, error) {
	p, err := auth.Require(ctx, auth.OrgRead)
	if err != nil {
		return models.Settings{}, err
	}
	return loadSettings(ctx, s.store, p.OrgID)
}

// Update replaces the settings.
func (s *Settings) Update(ctx context.Context, v models.Settings) (models.Settings, error) {
	p, err := auth.Require(ctx, auth.OrgWrite)
	if err != nil {
		return models.Settings{}, err
	}
	if err := v.Validate(); err != nil {
		return models.Settings{}, err
	}
	err = s.store.Tx(ctx, func(st *store.Store) error { return s.save(ctx, st, p.OrgID, v) })
	if err != nil {
		return models.Settings{}, err
	}
	s.changed(ctx, "settings changed", "org_id", p.OrgID)
	return v, nil
}

func (s *Settings) save(ctx context.Context, st *store.Store, orgID string, v models.Settings) error {
	org, err := st.LockOrg(ctx, orgID)
	if err != nil {
		return err
	}
	before, err := loadSettings(ctx, st, orgID)
	if err != nil {
		return err
	}
	org.Label, org.ChangedAt = v.Label, s.moment()
	org.Sequence++
	if err := st.SaveOrg(ctx, org); err != nil {
		return err
	}
	rest := v
	rest.Label = "" // the organization's own row has it
	if err := st.SaveSettings(ctx, orgID, rest); err != nil {
		return err
	}
	return record(ctx, st, orgEvent(orgID, org.Sequence, models.EventSettingsChanged, org.ChangedAt), before, v)
}

func loadSettings(ctx context.Context, st *store.Store, orgID string) (models.Settings, error) {
	v, err := st.Settings(ctx, orgID)
	if err != nil {
		return v, err
	}
	org, err := st.Org(ctx, orgID)
	v.Label = org.Label
	return v, err
}
