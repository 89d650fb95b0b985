package models

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of cases.
const (
	MaxCaseName    = 200     // code points
	MaxCaseContext = 1 << 20 // bytes of context, HTTP answers and expectation together
)

// Case is a stored test: an action, or a journey, run on a context, and what
// is expected of it.
type Case struct {
	ID        string `gorm:"primaryKey"`
	OrgID     string
	ActionID  string // "" for the case of a journey
	Journey   string // preset, or triggers separated by commas; "" for an action
	Name      string
	NameKey   string // unique within the action or journey
	Trigger   Slug
	Context   string // JSON, "" = the built-in sample
	HTTP      string // JSON of the answers to HTTP calls, "" = none
	Expect    string // JSON of an Expectation
	Sequence  uint64
	CreatedAt time.Time
	ChangedAt time.Time
	ByName    string
}

// CaseInput is what a caller sets of a case; a known ID changes that case.
type CaseInput struct {
	ID       string          `json:"id,omitempty"`
	ActionID string          `json:"actionId,omitempty"`
	Journey  string          `json:"journey,omitempty"`
	Name     string          `json:"name"`
	Trigger  Slug            `json:"trigger,omitempty"`
	Context  json.RawMessage `json:"context,omitempty"`
	HTTP     json.RawMessage `json:"http,omitempty"`
	Expect   Expectation     `json:"expect"`
}

// MatchMode says how an expected effect is compared.
type MatchMode string

// The modes.
const (
	MatchExact    MatchMode = "MATCH_EXACT"    // the value is equal as JSON; the default
	MatchContains MatchMode = "MATCH_CONTAINS" // objects may have more members, lists more elements, texts more around
	MatchIgnore   MatchMode = "MATCH_IGNORE"   // any value, or none
)

// Expectation is what a case demands. Effects compare the last value of each
// path; a path that is not named is a difference unless Others is set.
type Expectation struct {
	Fails   bool             `json:"fails,omitempty"`   // the run, or the journey, must fail
	Message string           `json:"message,omitempty"` // part of the error's text
	Effects []ExpectedEffect `json:"effects,omitempty"`
	Others  bool             `json:"others,omitempty"` // further effects are allowed
}

// ExpectedEffect is one expected value. A path that ends in * stands for all
// paths that begin so, and is useful with MATCH_IGNORE.
type ExpectedEffect struct {
	Path  string          `json:"path"`
	Match MatchMode       `json:"match,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
}

// Difference is one way in which a run is not as expected.
type Difference struct {
	Path string          `json:"path,omitempty"` // "" for the outcome
	Want json.RawMessage `json:"want,omitempty"`
	Got  json.RawMessage `json:"got,omitempty"`
	Text string          `json:"text"`
}

// CaseResult is how a case went.
type CaseResult struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	ActionID    string       `json:"actionId,omitempty"`
	ActionName  string       `json:"actionName,omitempty"`
	Journey     string       `json:"journey,omitempty"`
	Trigger     Slug         `json:"trigger,omitempty"`
	Passed      bool         `json:"passed"`
	Differences []Difference `json:"differences,omitempty"`
	Runs        []RunResult  `json:"runs,omitempty"`
	Duration    Seconds      `json:"duration"`
}

// Validate checks what can be checked of a case on its own.
func (in CaseInput) Validate() error {
	if n := utf8.RuneCountInString(strings.TrimSpace(in.Name)); n < 1 || n > MaxCaseName {
		return Invalid(RuleCaseInvalid, "name", "The name of a case must have 1 to 200 characters.")
	}
	if (in.ActionID == "") == (in.Journey == "") {
		return Invalid(RuleCaseInvalid, "actionId", "A case belongs to an action or to a journey.")
	}
	if _, ok := TriggerBySlug(in.Trigger); in.ActionID != "" && !ok {
		return Invalid(RuleTriggerUnknown, "trigger", "This trigger does not exist.")
	}
	if len(in.Context)+len(in.HTTP) > MaxCaseContext {
		return Invalid(RuleCaseInvalid, "context", fmt.Sprintf("A case must have at most %d bytes.", MaxCaseContext))
	}
	for _, e := range in.Expect.Effects {
		if err := e.validate(); err != nil {
			return err
		}
	}
	return nil
}

func (e ExpectedEffect) validate() error {
	switch {
	case e.Path == "":
		return Invalid(RuleCaseInvalid, "expect", "An expected effect needs a path.")
	case e.Match != "" && e.Match != MatchExact && e.Match != MatchContains && e.Match != MatchIgnore:
		return Invalid(RuleCaseInvalid, "expect", fmt.Sprintf("%q is no way to compare.", e.Match))
	case e.Match != MatchIgnore && !json.Valid(e.Value):
		return Invalid(RuleCaseInvalid, "expect", fmt.Sprintf("The expected value of %s must be JSON.", e.Path))
	}
	return nil
}
