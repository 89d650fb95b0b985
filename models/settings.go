package models

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// StoreInputs says what is kept of the contexts that runs were made on.
type StoreInputs string

// The choices; secrets are masked in both of the first two.
const (
	StoreInputsMasked StoreInputs = "masked" // the default
	StoreInputsNone   StoreInputs = "none"
)

// Limits of settings.
const (
	MaxOrgName      = 200
	MaxOrgLabel     = 40
	MaxAllowedHosts = 100
)

// Settings are what an organization decides for itself. The zero value of each
// member is its default.
type Settings struct {
	Label           string        `json:"label,omitempty"`           // for example Production
	HoldChanges     *bool         `json:"holdChanges,omitempty"`     // nil: on exactly when the label is Production
	DefaultTimeout  time.Duration `json:"defaultTimeout,omitempty"`  // of new actions in the console; 0 = 10 s
	AllowedHosts    []string      `json:"allowedHosts,omitempty"`    // only these hosts for HTTP calls; empty = all that the server allows
	RealCallsInTest bool          `json:"realCallsInTest,omitempty"` // test runs may really call
	RunsKeepFor     time.Duration `json:"runsKeepFor,omitempty"`     // 0 = as long as the server keeps them
	StoreInputs     StoreInputs   `json:"storeInputs,omitempty"`
}

// DefaultActionTimeout is what the console proposes for new actions.
const DefaultActionTimeout = 10 * time.Second

// LabelProduction is the label that makes changes on the board held by default.
const LabelProduction = "Production"

// OrgSettings is the row that keeps the settings of an organization.
type OrgSettings struct {
	OrgID string `gorm:"primaryKey"`
	Value string // JSON of Settings
}

// Holds reports whether changes on the board are held until applied.
func (s Settings) Holds() bool {
	if s.HoldChanges != nil {
		return *s.HoldChanges
	}
	return strings.EqualFold(s.Label, LabelProduction)
}

// NewActionTimeout is the timeout the console proposes.
func (s Settings) NewActionTimeout() time.Duration {
	if s.DefaultTimeout > 0 {
		return s.DefaultTimeout
	}
	return DefaultActionTimeout
}

// Validate checks every member.
func (s Settings) Validate() error {
	switch {
	case utf8.RuneCountInString(s.Label) > MaxOrgLabel:
		return Invalid(RuleSettingsInvalid, "label", fmt.Sprintf("The label must have at most %d characters.", MaxOrgLabel))
	case s.DefaultTimeout < 0 || s.DefaultTimeout > MaxTimeout:
		return Invalid(RuleSettingsInvalid, "defaultTimeout", "The default timeout must be between 0 and 20 seconds.")
	case len(s.AllowedHosts) > MaxAllowedHosts:
		return Invalid(RuleSettingsInvalid, "allowedHosts", fmt.Sprintf("At most %d hosts can be allowed.", MaxAllowedHosts))
	case slices.ContainsFunc(s.AllowedHosts, badHost):
		return Invalid(RuleSettingsInvalid, "allowedHosts", "Each allowed host is a name or an address, without scheme and path.")
	case s.RunsKeepFor < 0:
		return Invalid(RuleSettingsInvalid, "runsKeepFor", "Runs cannot be kept for a negative time.")
	case s.StoreInputs != "" && s.StoreInputs != StoreInputsMasked && s.StoreInputs != StoreInputsNone:
		return Invalid(RuleSettingsInvalid, "storeInputs", "Inputs are stored masked or none.")
	}
	return nil
}

func badHost(host string) bool { return host == "" || strings.ContainsAny(host, "/ \t\n@?#") }
