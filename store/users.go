package store

import (
	"context"

	"gorm.io/gorm/clause"

	"flowbench/models"
)

var (
	errUserNotFound  = models.NotFound(models.RuleUserNotFound, "This user does not exist.")
	errUserNameTaken = &models.Error{Kind: models.KindAlreadyExists, Rule: models.RuleUserNameTaken, Field: "name",
		Message: "Another user has this name."}
)

// CreateUser inserts a user.
func (s *Store) CreateUser(ctx context.Context, u models.User) error {
	u.CreatedAt, u.ChangedAt = Moment(u.CreatedAt), Moment(u.ChangedAt)
	err := s.writer(ctx).Create(&u).Error
	if taken := conflict(err, errUserNameTaken); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create user", err)
	}
	return nil
}

// User loads a user.
func (s *Store) User(ctx context.Context, id string) (models.User, error) {
	return s.userWhere(ctx, "id = ?", id)
}

// UserByName loads a user by sign-in name or, when exactly one person has it,
// by e-mail address, both ignoring case.
func (s *Store) UserByName(ctx context.Context, name string) (models.User, error) {
	key := models.NameKey(name)
	u, err := s.userWhere(ctx, "name_key = ?", key)
	if models.RuleOf(err) != models.RuleUserNotFound {
		return u, err
	}
	var list []models.User
	err = s.reader(ctx).Where("type = ? AND "+s.lower("email")+" = ?", models.UserHuman, key).Limit(2).Find(&list).Error
	if err != nil && !missing(err) {
		return models.User{}, fail("load user", err)
	}
	if len(list) != 1 {
		return models.User{}, errUserNotFound
	}
	return list[0], nil
}

func (s *Store) userWhere(ctx context.Context, condition string, args ...any) (models.User, error) {
	var u models.User
	err := s.reader(ctx).Where(condition, args...).Take(&u).Error
	if missing(err) {
		return u, errUserNotFound
	}
	if err != nil {
		return u, fail("load user", err)
	}
	return u, nil
}

// Users returns the users of an organization, the oldest first.
func (s *Store) Users(ctx context.Context, orgID string) ([]models.User, error) {
	list := []models.User{}
	if err := s.reader(ctx).Where("org_id = ?", orgID).Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list users", err)
	}
	return list, nil
}

// CountPasswords returns how many users can sign in with a password.
func (s *Store) CountPasswords(ctx context.Context) (int64, error) {
	var n int64
	if err := s.reader(ctx).Model(&models.User{}).Where("password_hash <> ''").Count(&n).Error; err != nil {
		return 0, fail("count users", err)
	}
	return n, nil
}

// CountUsers returns the number of users of all organizations.
func (s *Store) CountUsers(ctx context.Context) (int64, error) {
	var n int64
	if err := s.reader(ctx).Model(&models.User{}).Count(&n).Error; err != nil {
		return 0, fail("count users", err)
	}
	return n, nil
}

// SaveUser writes the fields of a user that may change.
func (s *Store) SaveUser(ctx context.Context, u models.User) error {
	u.ChangedAt = Moment(u.ChangedAt)
	err := s.writer(ctx).Select("*").Omit("id", "org_id", "created_at").Where("id = ?", u.ID).Updates(&u).Error
	if taken := conflict(err, errUserNameTaken); taken != nil {
		return taken
	}
	if err != nil {
		return fail("save user", err)
	}
	return nil
}

// NextUserSequence counts one more event of the user. The row stays locked
// until the transaction ends.
func (s *Store) NextUserSequence(ctx context.Context, id string) (uint64, error) {
	return s.next(ctx, "UPDATE users SET sequence = sequence + 1 WHERE id = ? RETURNING sequence", id, errUserNotFound)
}

// SetMembership inserts or replaces a user's roles in one place.
func (s *Store) SetMembership(ctx context.Context, m models.Membership) error {
	m.ChangedAt = Moment(m.ChangedAt)
	if err := s.writer(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&m).Error; err != nil {
		return fail("set membership", err)
	}
	return nil
}

// RemoveMembership removes a user's roles in one place.
func (s *Store) RemoveMembership(ctx context.Context, userID, orgID string) error {
	if err := s.writer(ctx).Delete(&models.Membership{}, "user_id = ? AND org_id = ?", userID, orgID).Error; err != nil {
		return fail("remove membership", err)
	}
	return nil
}

// Memberships returns what a user may do in an organization: the memberships
// there and on the instance.
func (s *Store) Memberships(ctx context.Context, userID, orgID string) ([]models.Membership, error) {
	list := []models.Membership{}
	err := s.reader(ctx).Where("user_id = ? AND org_id IN ?", userID, []string{"", orgID}).Order("org_id").Find(&list).Error
	if err != nil {
		return nil, fail("load memberships", err)
	}
	return list, nil
}

// MembersOf returns the memberships of an organization, or with an empty id
// those of the instance.
func (s *Store) MembersOf(ctx context.Context, orgID string) ([]models.Membership, error) {
	list := []models.Membership{}
	if err := s.reader(ctx).Where("org_id = ?", orgID).Order("user_id").Find(&list).Error; err != nil {
		return nil, fail("list members", err)
	}
	return list, nil
}
