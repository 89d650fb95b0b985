package store

import (
	"context"

	"gorm.io/gorm/clause"

	"flowbench/models"
)

var errOrgNotFound = models.NotFound(models.RuleOrgNotFound, "This organization does not exist.")

// rowLock is a lock that lets others insert rows which refer to the locked one.
var rowLock = clause.Locking{Strength: "NO KEY UPDATE"}

// CreateOrg inserts an organization.
func (s *Store) CreateOrg(ctx context.Context, o models.Org) error {
	o.CreatedAt, o.ChangedAt = Moment(o.CreatedAt), Moment(o.ChangedAt)
	err := s.writer(ctx).Create(&o).Error
	if taken := conflict(err, models.AlreadyExists(models.RuleOrgNameTaken, "An organization of this name exists.")); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create organization", err)
	}
	return nil
}

// Org loads an organization.
func (s *Store) Org(ctx context.Context, id string) (models.Org, error) {
	var o models.Org
	err := s.reader(ctx).Take(&o, "id = ?", id).Error
	if missing(err) {
		return o, errOrgNotFound
	}
	if err != nil {
		return o, fail("load organization", err)
	}
	return o, nil
}

// LockOrg loads an organization and keeps other writers off its flows until
// the transaction ends. It is taken before any lock on an action.
func (s *Store) LockOrg(ctx context.Context, id string) (models.Org, error) {
	var o models.Org
	err := s.writer(ctx).Clauses(rowLock).Take(&o, "id = ?", id).Error
	if missing(err) {
		return o, errOrgNotFound
	}
	if err != nil {
		return o, fail("lock organization", err)
	}
	return o, nil
}

// SaveOrg writes the fields of a locked organization.
func (s *Store) SaveOrg(ctx context.Context, o models.Org) error {
	o.ChangedAt = Moment(o.ChangedAt)
	err := s.writer(ctx).Select("*").Omit("id", "created_at").Where("id = ?", o.ID).Updates(&o).Error
	if taken := conflict(err, models.AlreadyExists(models.RuleOrgNameTaken, "An organization of this name exists.")); taken != nil {
		return taken
	}
	if err != nil {
		return fail("save organization", err)
	}
	return nil
}

// NextOrgSequence counts one more event of the organization. The row stays
// locked until the transaction ends.
func (s *Store) NextOrgSequence(ctx context.Context, id string) (uint64, error) {
	return s.next(ctx, "UPDATE orgs SET sequence = sequence + 1 WHERE id = ? RETURNING sequence", id, errOrgNotFound)
}

// next runs an UPDATE … RETURNING for one row and returns its number.
func (s *Store) next(ctx context.Context, update, id string, none error) (uint64, error) {
	var sequences []uint64
	err := s.writer(ctx).Raw(update, id).Scan(&sequences).Error
	if err != nil && !missing(err) {
		return 0, fail("count event", err)
	}
	if len(sequences) == 0 {
		return 0, none
	}
	return sequences[0], nil
}

// Orgs returns all organizations, the oldest first.
func (s *Store) Orgs(ctx context.Context) ([]models.Org, error) {
	list := []models.Org{}
	if err := s.reader(ctx).Order("created_at, id").Find(&list).Error; err != nil {
		return nil, fail("list organizations", err)
	}
	return list, nil
}

// OrgsOf returns the organizations in which the user has a membership.
func (s *Store) OrgsOf(ctx context.Context, userID string) ([]models.Org, error) {
	list := []models.Org{}
	err := s.reader(ctx).
		Where("id IN (SELECT org_id FROM memberships WHERE user_id = ?)", userID).
		Order("created_at, id").Find(&list).Error
	if err != nil {
		return nil, fail("list organizations", err)
	}
	return list, nil
}
