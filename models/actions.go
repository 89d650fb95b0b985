package models

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of an action, from the Management API contract.
const (
	MaxNameLength      = 200              // code points
	DefaultScriptLimit = 10000            // code points
	MaxScriptLimit     = 40000            // code points, the most the setting allows
	MaxTimeout         = 20 * time.Second // also what 0 means at run time
	MaxListLimit       = 1000             // rows of one page
)

// ActionState has the numbers of zitadel.action.v1.ActionState.
type ActionState int

// The states of an action.
const (
	ActionUnspecified ActionState = iota
	ActionInactive
	ActionActive
)

// Action is a script with its name and settings, as it is stored.
type Action struct {
	ID            string `gorm:"primaryKey"`
	OrgID         string
	Name          string
	NameKey       string // lower-cased name, unique within the organization
	Script        string
	Timeout       time.Duration // nanoseconds; 0 means MaxTimeout
	AllowedToFail bool
	State         ActionState
	Sequence      uint64 // number of events of this action
	Version       int    // number of the newest ActionVersion
	CreatedAt     time.Time
	ChangedAt     time.Time
}

// ActionInput is what a caller sets when creating or updating an action.
type ActionInput struct {
	Name          string
	Script        string
	Timeout       time.Duration
	AllowedToFail bool
}

// ActionVersion is one saved state of an action; versions are never removed
// while the organization exists.
type ActionVersion struct {
	ActionID      string `gorm:"primaryKey"`
	Number        int    `gorm:"primaryKey;autoIncrement:false"` // 1, 2, 3 …
	OrgID         string
	Name          string
	Script        string
	Timeout       time.Duration
	AllowedToFail bool
	State         ActionState
	Sequence      uint64 // the action's sequence at this version
	EventType     EventType
	At            time.Time
	ByID          string
	ByName        string
	Source        Source
	Note          string
}

// NameKey is the form of an action's name that must be unique in its
// organization: lower-cased as Go does it, nothing trimmed or normalised.
func NameKey(name string) string { return strings.ToLower(name) }

// EffectiveTimeout is the limit of the function call: the stored value when it
// lies between 0 and 20 s, otherwise 20 s.
func (a Action) EffectiveTimeout() time.Duration { return EffectiveTimeout(a.Timeout) }

// EffectiveTimeout applies the rule of Action.EffectiveTimeout to a value.
func EffectiveTimeout(t time.Duration) time.Duration {
	if t > 0 && t < MaxTimeout {
		return t
	}
	return MaxTimeout
}

// Input returns the fields that an update replaces.
func (a Action) Input() ActionInput {
	return ActionInput{Name: a.Name, Script: a.Script, Timeout: a.Timeout, AllowedToFail: a.AllowedToFail}
}

// Validate checks the fields in the order of the contract and returns the
// first fault. scriptLimit is in code points.
func (in ActionInput) Validate(scriptLimit int) error {
	if faults := in.Faults(scriptLimit); len(faults) > 0 {
		return faults[0]
	}
	return nil
}

// Faults returns every broken field rule, for forms that show all at once.
func (in ActionInput) Faults(scriptLimit int) []*Error {
	var faults []*Error
	if n := utf8.RuneCountInString(in.Name); n < 1 || n > MaxNameLength {
		faults = append(faults, Invalid(RuleNameLength, "name", "The name must have 1 to 200 characters."))
	}
	switch n := utf8.RuneCountInString(in.Script); {
	case n == 0:
		faults = append(faults, Invalid(RuleScriptEmpty, "script", "The script must not be empty."))
	case n > scriptLimit:
		e := Invalid(RuleScriptTooLong, "script", fmt.Sprintf("The script must have at most %d characters.", scriptLimit))
		e.Args = map[string]any{"limit": scriptLimit}
		faults = append(faults, e)
	}
	if in.Timeout < 0 || in.Timeout > MaxTimeout {
		faults = append(faults, Invalid(RuleTimeoutRange, "timeout", "The timeout must be between 0 and 20 seconds."))
	}
	return faults
}

// TextMethod has the numbers of zitadel.v1.TextQueryMethod.
type TextMethod int

// The ways a text filter compares.
const (
	TextEquals TextMethod = iota
	TextEqualsIgnoreCase
	TextStartsWith
	TextStartsWithIgnoreCase
	TextContains
	TextContainsIgnoreCase
	TextEndsWith
	TextEndsWithIgnoreCase
)

// ActionQuery is one criterion; exactly one member is set.
type ActionQuery struct {
	ID    *string
	Name  *ActionNameQuery
	State *ActionState
}

// ActionNameQuery compares the name.
type ActionNameQuery struct {
	Name   string
	Method TextMethod
}

// ActionSort is a column to sort by, with ZITADEL's ActionFieldName numbers.
type ActionSort int

// Sort columns; unspecified is creation order.
const (
	ActionSortUnspecified ActionSort = iota
	ActionSortName
	ActionSortID
	ActionSortState
)

// ActionFilter selects a page of actions of one organization. All queries must
// match. Limit 0 means MaxListLimit.
type ActionFilter struct {
	Queries []ActionQuery
	Search  string // console: part of name or script, ignoring case
	UsedIn  Slug   // console: bound to this trigger; "none" for bound nowhere
	Sort    ActionSort
	Asc     bool // counts only when Sort is given
	Offset  uint64
	Limit   uint32
}

// ActionPage is a page of actions and the number of matches before paging.
type ActionPage struct {
	Actions []Action
	Total   uint64
}
