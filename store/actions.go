package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"flowbench/models"
)

var (
	errActionNotFound = models.NotFound(models.RuleActionNotFound, "This action does not exist.")
	errNameTaken      = &models.Error{Kind: models.KindAlreadyExists, Rule: models.RuleActionNameTaken, Field: "name",
		Message: "Another action of the organization has this name."}
)

// CreateAction inserts an action and counts it.
func (s *Store) CreateAction(ctx context.Context, a models.Action) error {
	if err := s.countAction(ctx, a.OrgID, 1); err != nil {
		return err
	}
	a.CreatedAt, a.ChangedAt = Moment(a.CreatedAt), Moment(a.ChangedAt)
	err := s.writer(ctx).Create(&a).Error
	if taken := conflict(err, errNameTaken); taken != nil {
		return taken
	}
	if err != nil {
		return fail("create action", err)
	}
	return nil
}

// countAction changes the organization's number of actions.
func (s *Store) countAction(ctx context.Context, orgID string, by int) error {
	result := s.writer(ctx).Exec("UPDATE orgs SET action_count = action_count + ? WHERE id = ?", by, orgID)
	if result.Error != nil && !missing(result.Error) {
		return fail("count actions", result.Error)
	}
	if result.RowsAffected == 0 {
		return errOrgNotFound
	}
	return nil
}

// Action loads an action of the organization.
func (s *Store) Action(ctx context.Context, orgID, id string) (models.Action, error) {
	return takeAction(s.reader(ctx), orgID, id)
}

// LockAction loads an action and keeps other writers off it until the
// transaction ends.
func (s *Store) LockAction(ctx context.Context, orgID, id string) (models.Action, error) {
	return takeAction(s.writer(ctx).Clauses(rowLock), orgID, id)
}

func takeAction(q *gorm.DB, orgID, id string) (models.Action, error) {
	var a models.Action
	err := q.Take(&a, "id = ? AND org_id = ?", id, orgID).Error
	if missing(err) {
		return a, errActionNotFound
	}
	if err != nil {
		return a, fail("load action", err)
	}
	return a, nil
}

// SaveAction writes the fields of a locked action.
func (s *Store) SaveAction(ctx context.Context, a models.Action) error {
	a.ChangedAt = Moment(a.ChangedAt)
	err := s.writer(ctx).Select("*").Omit("id", "org_id", "created_at").Where("id = ?", a.ID).Updates(&a).Error
	if taken := conflict(err, errNameTaken); taken != nil {
		return taken
	}
	if err != nil {
		return fail("save action", err)
	}
	return nil
}

// DeleteAction removes a locked action, which no trigger may hold any more.
func (s *Store) DeleteAction(ctx context.Context, orgID, id string) error {
	if err := s.writer(ctx).Delete(&models.Action{}, "id = ? AND org_id = ?", id, orgID).Error; err != nil {
		return fail("delete action", err)
	}
	return s.countAction(ctx, orgID, -1)
}

// ActionNames returns the names of those of ids that are actions of the
// organization.
func (s *Store) ActionNames(ctx context.Context, orgID string, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return strings.ContainsRune(id, 0) }) // PostgreSQL fails on these
	for len(ids) > 0 {
		part := ids[:min(len(ids), 500)]
		ids = ids[len(part):]
		var found []models.Action
		err := s.reader(ctx).Select("id", "name").Where("org_id = ? AND id IN ?", orgID, part).Find(&found).Error
		if err != nil {
			return nil, fail("look up actions", err)
		}
		for _, a := range found {
			names[a.ID] = a.Name
		}
	}
	return names, nil
}

// CreateVersion keeps one saved state of an action.
func (s *Store) CreateVersion(ctx context.Context, v models.ActionVersion) error {
	v.At = Moment(v.At)
	if err := s.writer(ctx).Create(&v).Error; err != nil {
		return fail("create version", err)
	}
	return nil
}

// Versions returns the saved states of an action, the newest first.
func (s *Store) Versions(ctx context.Context, orgID, actionID string) ([]models.ActionVersion, error) {
	list := []models.ActionVersion{}
	err := s.reader(ctx).Where("action_id = ? AND org_id = ?", actionID, orgID).Order("number DESC").Find(&list).Error
	if err != nil && !missing(err) {
		return nil, fail("list versions", err)
	}
	return list, nil
}

// Version loads one saved state of an action.
func (s *Store) Version(ctx context.Context, orgID, actionID string, number int) (models.ActionVersion, error) {
	var v models.ActionVersion
	err := s.reader(ctx).Take(&v, "action_id = ? AND org_id = ? AND number = ?", actionID, orgID, number).Error
	if missing(err) {
		return v, models.NotFound(models.RuleVersionNotFound, "This version does not exist.")
	}
	if err != nil {
		return v, fail("load version", err)
	}
	return v, nil
}
