package services

import (
	"context"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Users are the use cases of people and programs that may sign in.
type Users struct{ *core }

// MinPasswordLength is the fewest characters of a password.
const MinPasswordLength = 8

// Create makes a user in the organization u.OrgID, or the principal's when
// that is empty. An empty password means that they cannot sign in with one.
func (s *Users) Create(ctx context.Context, u models.User, password string) (models.User, error) {
	p, err := auth.Require(ctx, auth.MemberWrite)
	if err != nil {
		return models.User{}, err
	}
	if u.OrgID == "" {
		u.OrgID = p.OrgID
	}
	if u.OrgID != p.OrgID && !p.Can(auth.IAMWrite) {
		return models.User{}, models.NotFound(models.RuleOrgNotFound, "This organization does not exist.")
	}
	if u, err = prepareUser(u, password); err != nil {
		return models.User{}, err
	}
	err = s.withNewID(func(id string) error {
		u.ID = id
		return s.store.Tx(ctx, func(st *store.Store) error { return createUser(ctx, st, &u, s.moment()) })
	})
	if err != nil {
		return models.User{}, err
	}
	s.changed(ctx, "user created", "user_id", u.ID, "org_id", u.OrgID, "sequence", u.Sequence)
	return u, nil
}

// prepareUser checks the fields and hashes the password.
func prepareUser(u models.User, password string) (models.User, error) {
	u.Name, u.Email = strings.TrimSpace(u.Name), strings.TrimSpace(u.Email)
	u.NameKey = models.NameKey(u.Name)
	if n := utf8.RuneCountInString(u.Name); n < 1 || n > models.MaxNameLength {
		return u, models.Invalid(models.RuleNameLength, "name", "The name must have 1 to 200 characters.")
	}
	if u.Type != models.UserHuman && u.Type != models.UserMachine {
		return u, models.Invalid(models.RuleUserInvalid, "type", "A user is a person or a machine.")
	}
	if u.Type == models.UserHuman {
		if a, err := mail.ParseAddress(u.Email); err != nil || a.Address != u.Email {
			return u, models.Invalid(models.RuleUserInvalid, "email", "This is not an e-mail address.")
		}
	}
	u.PasswordHash = ""
	if password == "" {
		return u, nil
	}
	hash, err := newPassword(password)
	u.PasswordHash = hash
	return u, err
}

// newPassword checks and hashes a password that somebody chose.
func newPassword(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < MinPasswordLength || n > 1000 {
		e := models.Invalid(models.RulePasswordWeak, "password", "The password must have at least 8 characters.")
		e.Args = map[string]any{"minimum": MinPasswordLength}
		return "", e
	}
	return auth.HashPassword(password)
}

// createUser writes a prepared user with its event.
func createUser(ctx context.Context, st *store.Store, u *models.User, now time.Time) error {
	if _, err := st.Org(ctx, u.OrgID); err != nil {
		return err
	}
	u.Sequence, u.CreatedAt, u.ChangedAt = 1, now, now
	if err := st.CreateUser(ctx, *u); err != nil {
		return err
	}
	e := models.Event{OrgID: u.OrgID, Aggregate: models.AggregateUser, AggregateID: u.ID, Sequence: 1, Type: models.EventUserCreated, At: now}
	return record(ctx, st, e, nil, map[string]any{"name": u.Name, "type": u.Type, "email": u.Email})
}

// List returns the users of an organization; an empty id means the
// principal's.
func (s *Users) List(ctx context.Context, orgID string) ([]models.User, error) {
	p, err := auth.Require(ctx, auth.MemberRead)
	if err != nil {
		return nil, err
	}
	if orgID == "" {
		orgID = p.OrgID
	}
	if orgID != p.OrgID && !p.Can(auth.IAMRead) {
		return nil, models.NotFound(models.RuleOrgNotFound, "This organization does not exist.")
	}
	return s.store.Users(ctx, orgID)
}

// Get returns one user of the principal's organization, or any for a reader of
// the instance; oneself always.
func (s *Users) Get(ctx context.Context, id string) (models.User, error) {
	t := Tokens{s.core}
	return t.owner(ctx, id, auth.MemberRead)
}

// SetPreferences stores the caller's own language and theme.
func (s *Users) SetPreferences(ctx context.Context, language, theme string) (models.User, error) {
	p := auth.From(ctx)
	if p == nil || p.UserID == "" {
		return models.User{}, errTokenInvalid
	}
	var user models.User
	err := s.store.Tx(ctx, func(st *store.Store) error {
		var err error
		if user, err = st.User(ctx, p.UserID); err != nil {
			return err
		}
		if user.Language == language && user.Theme == theme {
			return nil
		}
		now := s.moment()
		before := map[string]any{"language": user.Language, "theme": user.Theme}
		if err := userEvent(ctx, st, user, models.EventUserChanged, now, before, map[string]any{"language": language, "theme": theme}); err != nil {
			return err
		}
		if user, err = st.User(ctx, p.UserID); err != nil {
			return err
		}
		user.Language, user.Theme, user.ChangedAt = language, theme, now
		return st.SaveUser(ctx, user)
	})
	return user, err
}
