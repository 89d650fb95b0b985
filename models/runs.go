package models

import (
	"encoding/json"
	"time"
)

// OutcomeKind says how a run ended; engine-goals section 1.
type OutcomeKind string

// The kinds of endings.
const (
	OutcomeOK         OutcomeKind = "OUTCOME_OK"
	OutcomeCompile    OutcomeKind = "OUTCOME_COMPILE"
	OutcomeException  OutcomeKind = "OUTCOME_EXCEPTION"
	OutcomeNoFunction OutcomeKind = "OUTCOME_NO_FUNCTION"
	OutcomeTimeout    OutcomeKind = "OUTCOME_TIMEOUT"
	OutcomeMemory     OutcomeKind = "OUTCOME_MEMORY"
	OutcomeRecursion  OutcomeKind = "OUTCOME_RECURSION"
	OutcomeResult     OutcomeKind = "OUTCOME_RESULT"
	OutcomeHost       OutcomeKind = "OUTCOME_HOST"
	OutcomeCrashed    OutcomeKind = "OUTCOME_CRASHED"
	OutcomeBusy       OutcomeKind = "OUTCOME_BUSY"
	OutcomeSkipped    OutcomeKind = "OUTCOME_SKIPPED" // inactive, or not reached
	OutcomeCancelled  OutcomeKind = "OUTCOME_CANCELLED"
)

// OutcomeKinds returns every kind of ending, good first.
func OutcomeKinds() []OutcomeKind {
	return []OutcomeKind{OutcomeOK, OutcomeCompile, OutcomeException, OutcomeNoFunction, OutcomeTimeout, OutcomeMemory, OutcomeRecursion,
		OutcomeResult, OutcomeHost, OutcomeCrashed, OutcomeBusy, OutcomeSkipped, OutcomeCancelled}
}

// Outcome is the ending of one run. Line and Column are 1-based in the
// script; 0 means unknown.
type Outcome struct {
	Kind    OutcomeKind `json:"kind"`
	Message string      `json:"message,omitempty"`
	Line    int         `json:"line,omitempty"`
	Column  int         `json:"column,omitempty"`
	Snippet string      `json:"snippet,omitempty"` // the faulty line
	Stack   []string    `json:"stack,omitempty"`
}

// OK reports whether the run succeeded.
func (o Outcome) OK() bool { return o.Kind == OutcomeOK }

// ChangeKind says what an effect did to its path.
type ChangeKind string

// The kinds of change.
const (
	ChangeAdded   ChangeKind = "CHANGE_ADDED"
	ChangeChanged ChangeKind = "CHANGE_CHANGED"
	ChangeRemoved ChangeKind = "CHANGE_REMOVED"
	ChangeIgnored ChangeKind = "CHANGE_IGNORED" // the call had no effect, for example a reserved key
)

// Effect is one thing a script did, in the order made. Before and After are
// JSON values; Before is null when there was nothing.
type Effect struct {
	Path   string          `json:"path"` // claims.<key>, user.<field>, metadata["<key>"], grants[<n>], saml.attributes["<name>"], log_claims[<n>]
	Change ChangeKind      `json:"change"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
	Note   string          `json:"note,omitempty"` // why a call was ignored
	Line   int             `json:"line,omitempty"`
	Column int             `json:"column,omitempty"`
}

// Level is the level of a log line.
type Level string

// The levels.
const (
	LevelInfo  Level = "LEVEL_INFO"
	LevelWarn  Level = "LEVEL_WARN"
	LevelError Level = "LEVEL_ERROR"
)

// LogLine is one line the script logged, At after the run began.
type LogLine struct {
	At      Seconds `json:"at"`
	Level   Level   `json:"level"`
	Message string  `json:"message"`
}

// HTTPCall is one request the script made through zitadel/http.
type HTTPCall struct {
	Method       string            `json:"method"`
	URL          string            `json:"url"`
	Status       int               `json:"status,omitempty"`
	Duration     Seconds           `json:"duration"`
	Stubbed      bool              `json:"stubbed"`
	Error        string            `json:"error,omitempty"`
	Headers      map[string]string `json:"requestHeaders,omitempty"` // secrets masked
	RequestBody  string            `json:"requestBody,omitempty"`
	ResponseBody string            `json:"responseBody,omitempty"`
	RequestSize  int               `json:"requestSize,omitempty"`  // bytes of the whole body
	ResponseSize int               `json:"responseSize,omitempty"` // bytes of the whole body, decompressed
}

// Timing splits the duration of a run.
type Timing struct {
	Compile Seconds `json:"compile"`
	Own     Seconds `json:"own"`
	HTTP    Seconds `json:"http"`
	Total   Seconds `json:"total"`
}

// Seconds is a duration whose JSON form is protobuf's: "0.0042s".
type Seconds time.Duration

// RunAction says which action ran.
type RunAction struct {
	ID      string `json:"id,omitempty"`
	Name    string `json:"name"`
	Version int    `json:"version,omitempty"`
}

// RunSource says on whose behalf a run happened.
type RunSource string

// The sources of runs.
const (
	RunSourceTest    RunSource = "RUN_SOURCE_TEST"
	RunSourceCase    RunSource = "RUN_SOURCE_CASE"
	RunSourceAPI     RunSource = "RUN_SOURCE_API"
	RunSourceJourney RunSource = "RUN_SOURCE_JOURNEY"
)

// RunResult is everything one run of one action reports; its JSON form is the
// run result of Flowbench's own API.
type RunResult struct {
	ID        string     `json:"id,omitempty"`
	Action    RunAction  `json:"action"`
	Trigger   Slug       `json:"trigger"`
	Source    RunSource  `json:"source,omitempty"`
	StartedAt time.Time  `json:"startedAt"`
	Outcome   Outcome    `json:"outcome"`
	Tolerated bool       `json:"tolerated"` // it failed and was allowed to fail
	Effects   []Effect   `json:"effects"`
	Log       []LogLine  `json:"log"`
	HTTP      []HTTPCall `json:"http"`
	Timing    Timing     `json:"timing"`
	Truncated []string   `json:"truncated"` // what was cut because of limits: "log", "effects", "http"
}

// ChainOutcome is what the operation around a chain would do with its result.
type ChainOutcome struct {
	Claims         json.RawMessage `json:"claims,omitempty"` // object: the final custom map
	LogClaims      []string        `json:"logClaims,omitempty"`
	MetadataWrites []KeyValue      `json:"metadataWrites,omitempty"`
	User           json.RawMessage `json:"user,omitempty"`
	Metadata       []KeyValue      `json:"metadata,omitempty"`
	Grants         []Grant         `json:"grants,omitempty"`
	Attributes     []SAMLAttribute `json:"attributes,omitempty"`
	LoginMessage   string          `json:"loginMessage,omitempty"`
}

// KeyValue is a metadata entry; Value is the stored bytes as text.
type KeyValue struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Grant is a user grant that post creation asks for.
type Grant struct {
	ProjectID      string   `json:"projectId"`
	ProjectGrantID string   `json:"projectGrantId,omitempty"`
	Roles          []string `json:"roles"`
}

// SAMLAttribute is a custom attribute of a SAML response.
type SAMLAttribute struct {
	Name       string   `json:"name"`
	NameFormat string   `json:"nameFormat"`
	Values     []string `json:"values"`
}

// Run is a stored run. Result and Input are JSON; secrets in them are masked
// before they are stored.
type Run struct {
	ID            string `gorm:"primaryKey"`
	OrgID         string
	ChainID       string // runs of one chain share it
	Position      int    // within the chain
	ActionID      string
	ActionName    string
	ActionVersion int // 0 = unsaved text
	Trigger       Slug
	Source        RunSource
	Outcome       OutcomeKind
	Tolerated     bool
	StartedAt     time.Time
	Duration      time.Duration
	ByID          string
	ByName        string
	Script        string // the exact text that ran
	Input         string
	Result        string
}

// RunFilter selects a page of runs, newest first.
type RunFilter struct {
	ActionID string
	Trigger  Slug
	Source   RunSource
	Outcomes []OutcomeKind
	From, To time.Time
	LogText  string
	BeforeID string // keyset: runs older than this one
	Limit    int
}
