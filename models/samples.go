package models

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of samples.
const (
	MaxSampleName    = 200     // code points
	MaxSampleContext = 1 << 20 // bytes
)

// Sample is a context that somebody saved to try scripts with.
type Sample struct {
	ID        string `gorm:"primaryKey"`
	OrgID     string
	Trigger   Slug
	Name      string
	NameKey   string // unique within the trigger
	Context   string // JSON
	Sequence  uint64
	CreatedAt time.Time
	ChangedAt time.Time
	ByName    string
}

// ValidateSample checks what a caller sets of a sample.
func ValidateSample(trigger Slug, name string, context json.RawMessage) error {
	if _, ok := TriggerBySlug(trigger); !ok {
		return Invalid(RuleTriggerUnknown, "trigger", "This trigger does not exist.")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n < 1 || n > MaxSampleName {
		return Invalid(RuleSampleInvalid, "name", "The name of a sample must have 1 to 200 characters.")
	}
	if len(context) > MaxSampleContext {
		return Invalid(RuleSampleInvalid, "context", "A sample must have at most 1 MiB.")
	}
	return nil
}
