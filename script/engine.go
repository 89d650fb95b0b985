package script

import (
	"context"
	"encoding/json"
	"time"

	"flowbench/models"
)

// Engine is the one door to running, checking or even parsing a script.
type Engine interface {
	// RunChain runs the actions of one trigger in order. Failures of scripts
	// are in the result; an error means that the request itself is wrong or
	// that no run was possible.
	RunChain(ctx context.Context, req ChainRequest) (ChainResult, error)
	// Check parses and lints one script without running it.
	Check(ctx context.Context, req CheckRequest) (CheckResult, error)
	// Layers reports which containment layers are on, for start log and console.
	Layers() []Layer
	// Stats returns the gauges of workers and queues, for metrics.
	Stats() Stats
	// Close ends all worker processes. Running scripts are cancelled.
	Close() error
}

// Action is one script of a chain.
type Action struct {
	ID            string
	Name          string
	Version       int
	Script        string
	Timeout       time.Duration // as stored; 0 means 20 s
	AllowedToFail bool
	Inactive      bool // skipped, reported as OUTCOME_SKIPPED
}

// ChainRequest asks for a run of a trigger's chain. A single run is a chain of
// one.
type ChainRequest struct {
	OrgID    string // whose share of the workers the run counts on
	Trigger  models.Slug
	Actions  []Action
	Context  json.RawMessage // in the form of the sample contexts; empty = the built-in sample
	HTTP     HTTPOptions
	Hosts    []string // the only hosts of real requests, below what the server allows; empty = all of those
	Strict   bool     // reproduce the reference runtime where Flowbench deliberately differs
	Test     bool     // yields to real flow runs when workers are scarce
	Progress func(Progress)
}

// HTTPMode says who answers zitadel/http requests.
type HTTPMode string

// The modes.
const (
	HTTPStub HTTPMode = "HTTP_MODE_STUB" // from the stubs, never the network; the default
	HTTPReal HTTPMode = "HTTP_MODE_REAL" // by the server's guarded transport
)

// HTTPOptions decides how requests of a script are answered.
type HTTPOptions struct {
	Mode  HTTPMode `json:"mode,omitempty"`
	Stubs []Stub   `json:"stubs,omitempty"`
}

// Stub answers requests in stub mode. URL is exact, or a prefix ending in *.
type Stub struct {
	Method  string            `json:"method,omitempty"` // "" = any
	URL     string            `json:"url"`
	Status  int               `json:"status,omitempty"` // 0 = 200
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body,omitempty"`
}

// Progress tells a watcher what a running chain does; exactly one of the
// pointers is set.
type Progress struct {
	Index  int // which action of the chain
	Effect *models.Effect
	Log    *models.LogLine
	Done   *models.RunResult
}

// ChainResult is what a chain did.
type ChainResult struct {
	Runs      []models.RunResult // one per action of the request, skipped ones included
	Completed bool
	StoppedBy string              // name of the action whose failure ended the chain
	Outcome   models.ChainOutcome // in the terms of the surrounding operation
	Context   json.RawMessage     // the context as the next trigger of a journey would see it
}

// CheckRequest asks for the problems of one script. Name is the action's name;
// Trigger may be empty.
type CheckRequest struct {
	OrgID   string
	Name    string
	Script  string
	Trigger models.Slug
}

// Layer, CheckResult, Problem, Fix and Severity are those of models, so that
// views and handlers need not know this package.
type (
	Layer       = models.Layer
	CheckResult = models.CheckResult
	Problem     = models.Problem
	Fix         = models.Fix
	Severity    = models.Severity
)
