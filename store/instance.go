package store

import (
	"context"

	"gorm.io/gorm/clause"
)

// instanceValue is one setting of the whole instance.
type instanceValue struct {
	Key   string `gorm:"primaryKey"`
	Value string
}

// TableName keeps the table's name free of its shape.
func (instanceValue) TableName() string { return "instance" }

// lockKey is the row whose lock stands for the instance.
const lockKey = "lock"

// LockInstance makes writers that concern the whole instance wait for each
// other until the transaction ends.
func (s *Store) LockInstance(ctx context.Context) error {
	return s.SetInstanceValue(ctx, lockKey, "")
}

// InstanceValue returns a value of the instance, "" when it is not set.
func (s *Store) InstanceValue(ctx context.Context, key string) (string, error) {
	var v instanceValue
	if err := s.reader(ctx).Where(`"key" = ?`, key).Limit(1).Find(&v).Error; err != nil {
		return "", fail("load value", err)
	}
	return v.Value, nil
}

// SetInstanceValue stores a value of the instance.
func (s *Store) SetInstanceValue(ctx context.Context, key, value string) error {
	err := s.writer(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&instanceValue{Key: key, Value: value}).Error
	if err != nil {
		return fail("store value", err)
	}
	return nil
}
