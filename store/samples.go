package store

import (
	"context"

	"flowbench/models"
)

var errSampleName = models.AlreadyExists(models.RuleSampleNameTaken, "Another sample of this trigger has this name.")

// SaveSample writes a sample, new or changed.
func (s *Store) SaveSample(ctx context.Context, v models.Sample) error {
	v.CreatedAt, v.ChangedAt = Moment(v.CreatedAt), Moment(v.ChangedAt)
	err := s.writer(ctx).Save(&v).Error
	if taken := conflict(err, errSampleName); taken != nil {
		return taken
	}
	if err != nil {
		return fail("save sample", err)
	}
	return nil
}

// Sample loads one sample of the organization.
func (s *Store) Sample(ctx context.Context, orgID, id string) (models.Sample, error) {
	var v models.Sample
	err := s.reader(ctx).Take(&v, "id = ? AND org_id = ?", id, orgID).Error
	if missing(err) {
		return v, models.NotFound(models.RuleSampleNotFound, "This sample does not exist.")
	}
	if err != nil {
		return v, fail("load sample", err)
	}
	return v, nil
}

// Samples returns the samples of the organization by trigger and name.
func (s *Store) Samples(ctx context.Context, orgID string) ([]models.Sample, error) {
	list := []models.Sample{}
	if err := s.reader(ctx).Where("org_id = ?", orgID).Order(`"trigger", name_key`).Find(&list).Error; err != nil {
		return nil, fail("list samples", err)
	}
	return list, nil
}

// DeleteSample removes a sample.
func (s *Store) DeleteSample(ctx context.Context, orgID, id string) error {
	if err := s.writer(ctx).Delete(&models.Sample{}, "id = ? AND org_id = ?", id, orgID).Error; err != nil {
		return fail("delete sample", err)
	}
	return nil
}
