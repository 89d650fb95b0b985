package services

import (
	"context"
	"slices"
	"strings"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Members are the use cases of roles.
type Members struct{ *core }

// Set replaces a user's roles in an organization, or with an empty orgID on
// the instance.
func (m *Members) Set(ctx context.Context, userID, orgID string, roles []string) (models.Membership, error) {
	if err := m.mayChange(ctx, orgID); err != nil {
		return models.Membership{}, err
	}
	roles = slices.Compact(slices.Sorted(slices.Values(roles)))
	if len(roles) == 0 {
		return models.Membership{}, models.Invalid(models.RuleRoleUnknown, "roles", "At least one role is needed.")
	}
	for _, r := range roles {
		if !auth.KnownRole(auth.Role(r)) || !fitsPlace(r, orgID) {
			e := models.Invalid(models.RuleRoleUnknown, "roles", "This role does not exist here: "+r)
			e.Args = map[string]any{"role": r}
			return models.Membership{}, e
		}
	}
	membership := models.Membership{UserID: userID, OrgID: orgID, Roles: roles}
	if err := m.write(ctx, membership, models.EventMemberSet); err != nil {
		return models.Membership{}, err
	}
	m.changed(ctx, "member set", "user_id", userID, "org_id", orgID)
	return membership, nil
}

// fitsPlace keeps roles of the instance out of organizations, where an owner
// could give them to anybody, and those of an organization out of the instance.
func fitsPlace(role, orgID string) bool {
	switch {
	case strings.HasPrefix(role, "IAM_"):
		return orgID == ""
	case strings.HasPrefix(role, "ORG_"):
		return orgID != ""
	}
	return true
}

// Remove takes all roles of a user in one place away.
func (m *Members) Remove(ctx context.Context, userID, orgID string) error {
	if err := m.mayChange(ctx, orgID); err != nil {
		return err
	}
	if err := m.write(ctx, models.Membership{UserID: userID, OrgID: orgID}, models.EventMemberRemoved); err != nil {
		return err
	}
	m.changed(ctx, "member removed", "user_id", userID, "org_id", orgID)
	return nil
}

// List returns the memberships of the principal's organization.
func (m *Members) List(ctx context.Context) ([]models.Membership, error) {
	p, err := auth.Require(ctx, auth.MemberRead)
	if err != nil {
		return nil, err
	}
	return m.store.MembersOf(ctx, p.OrgID)
}

// mayChange asks for the instance's permission outside the own organization.
func (m *Members) mayChange(ctx context.Context, orgID string) error {
	permission := auth.IAMWrite
	if p := auth.From(ctx); p != nil && orgID != "" && p.OrgID == orgID {
		permission = auth.MemberWrite
	}
	_, err := auth.Require(ctx, permission)
	return err
}

// write stores or removes a membership. Without roles it is a removal.
func (m *Members) write(ctx context.Context, membership models.Membership, event models.EventType) error {
	return m.store.Tx(ctx, func(st *store.Store) error {
		user, err := st.User(ctx, membership.UserID)
		if err != nil {
			return err
		}
		present, err := m.lockPlace(ctx, st, membership)
		if err != nil {
			return err
		}
		if event == models.EventMemberRemoved && len(present) == 0 {
			return models.NotFound(models.RuleNoMembership, "This user has no role there.")
		}
		if err := keepsOwner(ctx, st, membership, present); err != nil {
			return err
		}
		membership.ChangedAt = m.moment()
		if event == models.EventMemberRemoved {
			err = st.RemoveMembership(ctx, membership.UserID, membership.OrgID)
		} else {
			err = st.SetMembership(ctx, membership)
		}
		if err != nil {
			return err
		}
		return recordMember(ctx, st, user, membership, event, present)
	})
}

// lockPlace makes changes of members of one place wait for each other and
// returns the user's present roles there.
func (m *Members) lockPlace(ctx context.Context, st *store.Store, membership models.Membership) ([]string, error) {
	if membership.OrgID == "" {
		if err := st.LockInstance(ctx); err != nil {
			return nil, err
		}
	} else if _, err := st.LockOrg(ctx, membership.OrgID); err != nil {
		return nil, err
	}
	list, err := st.Memberships(ctx, membership.UserID, membership.OrgID)
	for _, present := range list {
		if present.OrgID == membership.OrgID {
			return present.Roles, err
		}
	}
	return nil, err
}

// keepsOwner refuses to take the last owner of the instance away.
func keepsOwner(ctx context.Context, st *store.Store, next models.Membership, present []string) error {
	owner := string(auth.RoleIAMOwner)
	if next.OrgID != "" || !slices.Contains(present, owner) || slices.Contains(next.Roles, owner) {
		return nil
	}
	members, err := st.MembersOf(ctx, "")
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.UserID != next.UserID && slices.Contains(m.Roles, owner) {
			return nil
		}
	}
	return models.Precondition(models.RuleLastOwner, "This is the last owner of the instance.")
}

// recordMember writes the event: of the organization, or of the user when the
// role is on the instance.
func recordMember(ctx context.Context, st *store.Store, user models.User, m models.Membership, event models.EventType, present []string) error {
	before := map[string]any{"userId": user.ID, "name": displayName(user), "roles": present}
	after := map[string]any{"userId": user.ID, "name": displayName(user), "roles": m.Roles}
	if m.OrgID == "" {
		return userEvent(ctx, st, user, event, m.ChangedAt, before, after)
	}
	sequence, err := st.NextOrgSequence(ctx, m.OrgID)
	if err != nil {
		return err
	}
	return record(ctx, st, orgEvent(m.OrgID, sequence, event, m.ChangedAt), before, after)
}
