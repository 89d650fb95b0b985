package services

import (
	"context"
	"crypto/subtle"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// setupKey is where the hash of the set-up code is stored.
const setupKey = "setup_code"

// defaultOrgName names the organization that exists from the start.
const defaultOrgName = "Default organization"

var errSetupDone = models.Precondition(models.RuleSetupDone, "The first administrator exists already.")

// FirstAdministrator is what the set-up page asks for. OrgName names the
// organization that exists from the start; "" keeps its name.
type FirstAdministrator struct {
	Code     string
	Name     string
	Email    string
	Password string
	OrgName  string
}

// SetupNeeded reports whether nobody can sign in to the console yet.
func (s *Sessions) SetupNeeded(ctx context.Context) (bool, error) {
	n, err := s.store.CountPasswords(ctx)
	return err == nil && n == 0, err
}

// SetupCode returns a fresh one-time code for the first administrator's page,
// and makes the organization that exists from the start. Earlier codes stop
// working. After set-up the code is "".
func (s *Sessions) SetupCode(ctx context.Context) (string, error) {
	code := ""
	err := s.store.Tx(ctx, func(st *store.Store) error {
		code = ""
		if err := st.LockInstance(ctx); err != nil {
			return err
		}
		if n, err := st.CountPasswords(ctx); err != nil || n > 0 {
			return err
		}
		if _, err := s.firstOrg(ctx, st); err != nil {
			return err
		}
		code = auth.NewSecret()
		return st.SetInstanceValue(ctx, setupKey, auth.HashSecret(code))
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// firstOrg returns the oldest organization and makes one where none is.
func (s *Sessions) firstOrg(ctx context.Context, st *store.Store) (models.Org, error) {
	orgs, err := st.Orgs(ctx)
	if err != nil {
		return models.Org{}, err
	}
	if len(orgs) > 0 {
		return orgs[0], nil
	}
	id, err := s.newID()
	if err != nil {
		return models.Org{}, err
	}
	return s.create(ctx, st, id, defaultOrgName)
}

// CheckSetupCode tells whether the set-up page may be shown: the code is the
// present one and nobody can sign in yet.
func (s *Sessions) CheckSetupCode(ctx context.Context, code string) error {
	return s.checkSetup(ctx, s.store, code)
}

func (s *Sessions) checkSetup(ctx context.Context, st *store.Store, code string) error {
	n, err := st.CountPasswords(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		return errSetupDone
	}
	hash, err := st.InstanceValue(ctx, setupKey)
	if err != nil {
		return err
	}
	if hash == "" || subtle.ConstantTimeCompare([]byte(hash), []byte(auth.HashSecret(code))) != 1 {
		return &models.Error{Kind: models.KindPermissionDenied, Rule: models.RuleSetupCode, Message: "This set-up link is not valid. Use the one printed at the latest start."}
	}
	return nil
}

// CreateFirstAdministrator uses the code up and makes the person who owns the
// instance and its first organization. Of two that race, one succeeds.
func (s *Sessions) CreateFirstAdministrator(ctx context.Context, first FirstAdministrator) (models.User, error) {
	if err := s.CheckSetupCode(ctx, first.Code); err != nil {
		return models.User{}, err
	}
	user := models.User{Name: first.Name, DisplayName: first.Name, Email: first.Email, Type: models.UserHuman}
	if first.Password == "" {
		_, err := newPassword("")
		return models.User{}, err
	}
	user, err := prepareUser(user, first.Password)
	if err != nil {
		return models.User{}, err
	}
	err = s.withNewID(func(id string) error {
		user.ID = id
		return s.store.Tx(ctx, func(st *store.Store) error { return s.setUp(ctx, st, first, &user) })
	})
	if err != nil {
		return models.User{}, err
	}
	s.changed(ctx, "first administrator created", "user_id", user.ID, "org_id", user.OrgID)
	return user, nil
}

func (s *Sessions) setUp(ctx context.Context, st *store.Store, first FirstAdministrator, user *models.User) error {
	if err := st.LockInstance(ctx); err != nil {
		return err
	}
	if err := s.checkSetup(ctx, st, first.Code); err != nil {
		return err
	}
	org, err := s.firstOrg(ctx, st)
	if err != nil {
		return err
	}
	user.OrgID = org.ID
	ctx = asUser(ctx, *user)
	if first.OrgName != "" && first.OrgName != org.Name {
		if err := s.rename(ctx, st, org.ID, first.OrgName); err != nil {
			return err
		}
	}
	if err := s.administrator(ctx, st, user); err != nil {
		return err
	}
	return st.SetInstanceValue(ctx, setupKey, "")
}

// administrator writes a user who owns the instance and the organization.
func (c *core) administrator(ctx context.Context, st *store.Store, user *models.User) error {
	if err := createUser(ctx, st, user, c.moment()); err != nil {
		return err
	}
	for place, role := range map[string]auth.Role{"": auth.RoleIAMOwner, user.OrgID: auth.RoleOrgOwner} {
		m := models.Membership{UserID: user.ID, OrgID: place, Roles: []string{string(role)}, ChangedAt: c.moment()}
		if err := st.SetMembership(ctx, m); err != nil {
			return err
		}
		if err := recordMember(ctx, st, *user, m, models.EventMemberSet, nil); err != nil {
			return err
		}
	}
	return nil
}
