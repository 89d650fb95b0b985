package store

import (
	"context"
	"encoding/json"
	"fmt"

	"flowbench/models"
)

// Settings loads what an organization decided; the zero value if nothing.
func (s *Store) Settings(ctx context.Context, orgID string) (models.Settings, error) {
	var row models.OrgSettings
	var v models.Settings
	err := s.reader(ctx).Take(&row, "org_id = ?", orgID).Error
	if missing(err) {
		return v, nil
	}
	if err != nil {
		return v, fail("load settings", err)
	}
	if err := json.Unmarshal([]byte(row.Value), &v); err != nil {
		return v, fmt.Errorf("read settings of %s: %w", orgID, err)
	}
	return v, nil
}

// SaveSettings replaces what an organization decided.
func (s *Store) SaveSettings(ctx context.Context, orgID string, v models.Settings) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	if err := s.writer(ctx).Save(&models.OrgSettings{OrgID: orgID, Value: string(data)}).Error; err != nil {
		return fail("save settings", err)
	}
	return nil
}
