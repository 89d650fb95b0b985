package models

import "time"

// Binding places one action at one position of a trigger.
type Binding struct {
	OrgID    string      `gorm:"primaryKey"`
	Flow     FlowType    `gorm:"primaryKey;autoIncrement:false"`
	Trigger  TriggerType `gorm:"primaryKey;autoIncrement:false"`
	Position int         `gorm:"primaryKey;autoIncrement:false"` // 0, 1, 2 … without gaps
	ActionID string
}

// LaneHead remembers the last write to one trigger. It is removed when the
// flow is cleared.
type LaneHead struct {
	OrgID     string      `gorm:"primaryKey"`
	Flow      FlowType    `gorm:"primaryKey;autoIncrement:false"`
	Trigger   TriggerType `gorm:"primaryKey;autoIncrement:false"`
	Sequence  uint64      // the organization's sequence of that write
	ChangedAt time.Time
	ByID      string
	ByName    string
	Source    Source
}

// Flow is what one organization has bound to the triggers of one flow.
type Flow struct {
	Type      FlowType
	Sequence  uint64 // of the most recent write to this flow; 0 = never set
	ChangedAt time.Time
	Lanes     []Lane // every trigger of the flow, in contract order, empty ones included
}

// Lane is one trigger with its actions in execution order.
type Lane struct {
	Trigger  Trigger
	Sequence uint64 // organization sequence of the last write to this lane; 0 = never set
	ByName   string
	Source   Source
	Actions  []Action
}

// IDs returns the ids of the lane's actions in order.
func (l Lane) IDs() []string {
	ids := make([]string, len(l.Actions))
	for i, a := range l.Actions {
		ids[i] = a.ID
	}
	return ids
}

// LaneChange replaces the list of one trigger. Expect, when not nil, is the
// lane's sequence the caller has seen; another one is a conflict.
type LaneChange struct {
	Flow      FlowType
	Trigger   TriggerType
	ActionIDs []string
	Expect    *uint64
}

// WriteResult is what a write to an aggregate reports: its sequence and time.
type WriteResult struct {
	Sequence uint64
	At       time.Time
	OrgID    string
}
