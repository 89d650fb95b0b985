package store

import (
	"context"
	"encoding/json"
	"unicode/utf8"

	"gorm.io/gorm"

	"flowbench/models"
)

// Actions returns a page of the organization's actions and the number of
// matches before paging, which is 0 when the page is empty.
func (s *Store) Actions(ctx context.Context, orgID string, f models.ActionFilter) (models.ActionPage, error) {
	page := models.ActionPage{Actions: []models.Action{}}
	limit := int(f.Limit)
	if limit == 0 {
		limit = models.MaxListLimit
	}
	q := s.actionConditions(s.reader(ctx), orgID, f).Order(s.actionOrder(f)).Limit(limit)
	if f.Offset > 0 {
		q = q.Offset(int(min(f.Offset, 1<<62)))
	}
	err := q.Find(&page.Actions).Error
	if missing(err) {
		return models.ActionPage{Actions: []models.Action{}}, nil
	}
	if err != nil {
		return models.ActionPage{}, fail("list actions", err)
	}
	page.Total, err = s.countActions(ctx, orgID, f, len(page.Actions), limit)
	return page, err
}

// countActions finds the total of a list without a scan where the page, or the
// organization's own count, tells it already.
func (s *Store) countActions(ctx context.Context, orgID string, f models.ActionFilter, got, limit int) (uint64, error) {
	if got == 0 {
		return 0, nil
	}
	seen := f.Offset + uint64(got) // at least; writers may have been busy since the page was read
	if got < limit {
		return seen, nil
	}
	if len(f.Queries) == 0 && f.Search == "" && f.UsedIn == "" {
		org, err := s.Org(ctx, orgID)
		return max(org.ActionCount, seen), err
	}
	var n int64
	q := s.actionConditions(s.reader(ctx).Model(&models.Action{}), orgID, f)
	if err := q.Count(&n).Error; err != nil {
		return 0, fail("count actions", err)
	}
	return max(uint64(n), seen), nil
}

// actionOrder is creation order unless a column is named; the id makes it
// stable.
func (s *Store) actionOrder(f models.ActionFilter) string {
	direction := " DESC"
	if f.Asc {
		direction = ""
	}
	switch f.Sort {
	case models.ActionSortName:
		return "name_key" + s.byCodePoint() + direction + ", id" + direction
	case models.ActionSortID:
		return "id" + direction
	case models.ActionSortState:
		return "state" + direction + ", created_at" + direction + ", id" + direction
	}
	return "created_at, id"
}

// byCodePoint makes PostgreSQL order texts as SQLite and Go do.
func (s *Store) byCodePoint() string {
	if s.dialect == postgres {
		return ` COLLATE "C"`
	}
	return ""
}

func (s *Store) actionConditions(q *gorm.DB, orgID string, f models.ActionFilter) *gorm.DB {
	q = q.Where("org_id = ?", orgID)
	for _, c := range f.Queries {
		switch {
		case c.ID != nil:
			q = q.Where("id = ?", *c.ID)
		case c.State != nil:
			q = q.Where("state = ?", *c.State)
		case c.Name != nil:
			q = s.nameCondition(q, *c.Name)
		}
	}
	if f.Search != "" {
		needle := models.NameKey(f.Search)
		q = q.Where(s.position("name_key")+" > 0 OR "+s.position(s.lower("script"))+" > 0", needle, needle)
	}
	return usedInCondition(q, f.UsedIn)
}

func usedInCondition(q *gorm.DB, slug models.Slug) *gorm.DB {
	if slug == "" {
		return q
	}
	if slug == "none" {
		return q.Where("id NOT IN (SELECT action_id FROM bindings WHERE bindings.org_id = actions.org_id)")
	}
	t, _ := models.TriggerBySlug(slug)
	return q.Where(`id IN (SELECT action_id FROM bindings WHERE bindings.org_id = actions.org_id AND flow = ? AND "trigger" = ?)`, t.Flow, t.Trigger)
}

// nameCondition compares by functions instead of LIKE, so that %, _ and \ are
// ordinary characters and SQLite does not fold ASCII on its own.
func (s *Store) nameCondition(q *gorm.DB, n models.ActionNameQuery) *gorm.DB {
	column, name, key := "name", n.Name, models.NameKey(n.Name)
	switch n.Method {
	case models.TextEqualsIgnoreCase, models.TextStartsWithIgnoreCase, models.TextContainsIgnoreCase, models.TextEndsWithIgnoreCase:
		column, name = "name_key", key
	}
	length := utf8.RuneCountInString(name)
	switch n.Method {
	case models.TextEquals:
		return q.Where("name_key = ? AND name = ?", key, name)
	case models.TextEqualsIgnoreCase:
		return q.Where("name_key = ?", name)
	}
	if length == 0 {
		return q
	}
	switch n.Method {
	case models.TextStartsWith, models.TextStartsWithIgnoreCase:
		return q.Where("substr("+column+", 1, ?) = ?", length, name)
	case models.TextContains, models.TextContainsIgnoreCase:
		return q.Where(s.position(column)+" > 0", name)
	case models.TextEndsWith, models.TextEndsWithIgnoreCase:
		return q.Where(s.suffix(column)+" = ?", length, name)
	}
	return q.Where("1 = 0")
}

// position is the dialect's place of a parameter within a text, 0 for none.
func (s *Store) position(text string) string {
	if s.dialect == postgres {
		return "strpos(" + text + ", ?)"
	}
	return "instr(" + text + ", ?)"
}

// suffix is the dialect's end of a column, as many characters as a parameter.
func (s *Store) suffix(column string) string {
	if s.dialect == postgres {
		return "right(" + column + ", ?)"
	}
	return "substr(" + column + ", -?)"
}

// lower is the dialect's lower-casing of more than ASCII.
func (s *Store) lower(column string) string {
	if s.dialect == postgres {
		return "lower(" + column + ")"
	}
	return "lower_text(" + column + ")"
}

// jsonText is text the way it stands inside a JSON string.
func jsonText(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		return text
	}
	return string(data[1 : len(data)-1])
}
