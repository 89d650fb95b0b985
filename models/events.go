package models

import "time"

// Source says through which door a change came.
type Source string

// The doors.
const (
	SourceConsole Source = "console"
	SourceAPI     Source = "api"
	SourceCLI     Source = "cli"
	SourceImport  Source = "import"
	SourceRestore Source = "restore"
	SourceSystem  Source = "system"
)

// EventType names what happened, as aggregate.verb.
type EventType string

// The events that exist.
const (
	EventActionCreated     EventType = "action.created"
	EventActionChanged     EventType = "action.changed"
	EventActionDeactivated EventType = "action.deactivated"
	EventActionReactivated EventType = "action.reactivated"
	EventActionDeleted     EventType = "action.deleted"
	EventActionRestored    EventType = "action.restored" // a deleted action came back
	EventTriggerSet        EventType = "flow.trigger_set"
	EventTriggerRemoved    EventType = "flow.action_removed" // a deleted action left a trigger
	EventFlowCleared       EventType = "flow.cleared"
	EventOrgCreated        EventType = "org.created"
	EventOrgChanged        EventType = "org.changed"
	EventOrgDeleted        EventType = "org.deleted"
	EventUserCreated       EventType = "user.created"
	EventUserChanged       EventType = "user.changed"
	EventMemberSet         EventType = "member.set"
	EventMemberRemoved     EventType = "member.removed"
	EventTokenCreated      EventType = "token.created"
	EventTokenRevoked      EventType = "token.revoked"
	EventKeyCreated        EventType = "key.created"
	EventKeyRevoked        EventType = "key.revoked"
	EventSecretCreated     EventType = "secret.created"
	EventSecretRemoved     EventType = "secret.removed"
	EventClientCreated     EventType = "client.created"
	EventClientDeleted     EventType = "client.deleted"
	EventConsentGiven      EventType = "consent.given"
	EventKeysRotated       EventType = "keys.rotated"
	EventSignedIn          EventType = "session.created"
	EventSignInFailed      EventType = "session.refused"
	EventSignedOut         EventType = "session.ended"
	EventSettingsChanged   EventType = "settings.changed"
	EventCaseSet           EventType = "case.set"
	EventCaseDeleted       EventType = "case.deleted"
	EventSampleSet         EventType = "sample.set"
	EventSampleDeleted     EventType = "sample.deleted"
)

// Aggregate kinds, the first part of what a sequence counts for.
const (
	AggregateAction = "action"
	AggregateOrg    = "org"
	AggregateUser   = "user"
	AggregateCase   = "case"
	AggregateSample = "sample"
	// AggregateInstance collects what belongs to no organization and no known
	// user, for example refused sign-ins with an unknown name. Its id is "".
	AggregateInstance = "instance"
)

// Event is one entry of the audit log and the source of sequences. Sequence
// counts per aggregate from 1 without gaps.
type Event struct {
	ID          int64 `gorm:"primaryKey"` // grows with time, for paging and polling
	OrgID       string
	Aggregate   string
	AggregateID string
	Sequence    uint64
	Type        EventType
	At          time.Time
	ByID        string
	ByName      string
	Source      Source
	RequestID   string
	Before      string // JSON object or ""
	After       string // JSON object or ""
}

// EventFilter selects a page of the audit log, newest first.
type EventFilter struct {
	OrgID       string
	AggregateID string
	ByID        string
	Types       []EventType
	From, To    time.Time
	BeforeID    int64 // keyset: only events with a smaller id; 0 = from the newest
	AfterID     int64 // polling: only events with a larger id, oldest first
	Limit       int
}

// ActionSnapshot is what an event of an action says in Before and After. The
// script stands in the version of that number.
type ActionSnapshot struct {
	Name          string      `json:"name"`
	Timeout       Seconds     `json:"timeout"`
	AllowedToFail bool        `json:"allowedToFail"`
	State         ActionState `json:"state"`
	Version       int         `json:"version"`
}

// LaneSnapshot is what an event of a trigger says in Before and After.
type LaneSnapshot struct {
	Trigger Slug          `json:"trigger"`
	Actions []BoundAction `json:"actions"`
}

// IDs returns the ids of the actions in order.
func (l LaneSnapshot) IDs() []string {
	ids := make([]string, len(l.Actions))
	for i, a := range l.Actions {
		ids[i] = a.ID
	}
	return ids
}

// BoundAction is an action of a LaneSnapshot with the name it had.
type BoundAction struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FlowSnapshot is what the event of a cleared flow says in Before.
type FlowSnapshot struct {
	Flow  FlowType       `json:"flow"`
	Lanes []LaneSnapshot `json:"lanes"`
}
