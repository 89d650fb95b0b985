package services

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Orgs are the use cases of organizations.
type Orgs struct{ *core }

// Create makes an organization. It needs the instance's permission.
func (o *Orgs) Create(ctx context.Context, name string) (models.Org, error) {
	if _, err := auth.Require(ctx, auth.IAMWrite); err != nil {
		return models.Org{}, err
	}
	var org models.Org
	err := o.withNewID(func(id string) error {
		return o.store.Tx(ctx, func(st *store.Store) error {
			var err error
			org, err = o.create(ctx, st, id, name)
			return err
		})
	})
	if err != nil {
		return models.Org{}, err
	}
	o.changed(ctx, "organization created", "org_id", org.ID, "sequence", org.Sequence)
	return org, nil
}

// create writes a new organization with its event.
func (c *core) create(ctx context.Context, st *store.Store, id, name string) (models.Org, error) {
	name, err := orgName(name)
	if err != nil {
		return models.Org{}, err
	}
	now := c.moment()
	org := models.Org{ID: id, Name: name, NameKey: models.NameKey(name), Sequence: 1, CreatedAt: now, ChangedAt: now}
	if err := st.CreateOrg(ctx, org); err != nil {
		return models.Org{}, err
	}
	return org, record(ctx, st, orgEvent(id, 1, models.EventOrgCreated, now), nil, map[string]any{"name": name})
}

// orgName trims and checks a name.
func orgName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n < 1 || n > models.MaxNameLength {
		return "", models.Invalid(models.RuleNameLength, "name", "The name must have 1 to 200 characters.")
	}
	return name, nil
}

// Rename changes the name of the principal's organization.
func (o *Orgs) Rename(ctx context.Context, name string) (models.Org, error) {
	p, err := auth.Require(ctx, auth.OrgWrite)
	if err != nil {
		return models.Org{}, err
	}
	err = o.store.Tx(ctx, func(st *store.Store) error { return o.rename(ctx, st, p.OrgID, name) })
	if err != nil {
		return models.Org{}, err
	}
	o.changed(ctx, "organization renamed", "org_id", p.OrgID)
	return o.store.Org(ctx, p.OrgID)
}

// rename writes another name with its event.
func (c *core) rename(ctx context.Context, st *store.Store, id, name string) error {
	name, err := orgName(name)
	if err != nil {
		return err
	}
	org, err := st.LockOrg(ctx, id)
	if err != nil {
		return err
	}
	before := org.Name
	org.Name, org.NameKey, org.ChangedAt = name, models.NameKey(name), c.moment()
	org.Sequence++
	if err := st.SaveOrg(ctx, org); err != nil {
		return err
	}
	return record(ctx, st, orgEvent(id, org.Sequence, models.EventOrgChanged, org.ChangedAt), map[string]any{"name": before}, map[string]any{"name": name})
}

// List returns all organizations, the oldest first.
func (o *Orgs) List(ctx context.Context) ([]models.Org, error) {
	if _, err := auth.Require(ctx, auth.IAMRead); err != nil {
		return nil, err
	}
	return o.store.Orgs(ctx)
}

// Get returns one organization: the principal's own, or any for a reader of
// the instance.
func (o *Orgs) Get(ctx context.Context, id string) (models.Org, error) {
	permission := auth.IAMRead
	if p := auth.From(ctx); p != nil && p.OrgID == id {
		permission = auth.OrgRead
	}
	if _, err := auth.Require(ctx, permission); err != nil {
		return models.Org{}, err
	}
	return o.store.Org(ctx, id)
}

// Default returns the organization that exists the longest.
func (o *Orgs) Default(ctx context.Context) (models.Org, error) {
	list, err := o.List(ctx)
	if err != nil {
		return models.Org{}, err
	}
	if len(list) == 0 {
		return models.Org{}, models.NotFound(models.RuleOrgNotFound, "There is no organization.")
	}
	return list[0], nil
}

// Mine returns the organizations in which the caller may do anything.
func (o *Orgs) Mine(ctx context.Context) ([]models.Org, error) {
	p := auth.From(ctx)
	if p == nil {
		_, err := auth.Require(ctx, auth.OrgRead)
		return nil, err
	}
	everywhere, err := o.store.Memberships(ctx, p.UserID, "")
	if err != nil {
		return nil, err
	}
	if p.Can(auth.IAMRead) || slices.ContainsFunc(everywhere, func(m models.Membership) bool { return len(m.Roles) > 0 }) {
		return o.store.Orgs(ctx)
	}
	return o.store.OrgsOf(ctx, p.UserID)
}
