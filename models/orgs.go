package models

import "time"

// Org is an organization. Every row of the other tables belongs to one.
type Org struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	NameKey   string // lower-cased, unique
	Label     string // for example "Production"; shown in the frame
	Sequence  uint64 // number of events of this organization, flow writes included
	CreatedAt time.Time
	ChangedAt time.Time
	// ActionCount is kept by every creation and deletion of an action, so that
	// the total of a list does not need a scan.
	ActionCount uint64
}
