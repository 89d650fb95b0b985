package vm

import (
	"time"

	"flowbench/models"
)

// Job is one run of one action. The trigger is part of the state it runs on.
type Job struct {
	Name    string        // of the action, and so of the function that is called
	Script  string        // source text
	Timeout time.Duration // as stored; see Limit
	Strict  bool          // reproduce the reference runtime where Flowbench deliberately differs
}

// MaxTimeout bounds the time of a call; a stored timeout of 0 means it as well.
const MaxTimeout = 20 * time.Second

// MaxLoad bounds the time that loading a script may take.
const MaxLoad = 5 * time.Second

// Limit returns the time that the call of the action's function may take.
func (j Job) Limit() time.Duration {
	if j.Timeout > 0 && j.Timeout < MaxTimeout {
		return j.Timeout
	}
	return MaxTimeout
}

// LoadLimit returns the time that compiling and loading the script may take.
func (j Job) LoadLimit() time.Duration { return min(MaxLoad, j.Limit()) }

// Host is what surrounds a run. Its methods are called from the run's own
// goroutine, one at a time, and may block; a blocked Fetch counts as the
// script's time.
type Host interface {
	// Called says that loading is over and the call of the function begins:
	// the second limit, Job.Limit, starts now.
	Called()
	// Effect hands over what the script just did. The runner's own state has it
	// already.
	Effect(Op)
	// Log hands over one line of the script's log, at after the run began.
	Log(level models.Level, at time.Duration, message string)
	// Fetch answers a request of zitadel/http. The error's text is what the
	// script sees.
	Fetch(FetchRequest) (FetchResponse, error)
}

// FetchRequest is a request of zitadel/http in the script's words.
type FetchRequest struct {
	Method  string // never empty, as the script wrote it
	URL     string
	Header  map[string][]string // names in canonical case
	Body    []byte
	HasBody bool
	Line    int // of the call in the script
	Column  int
}

// FetchResponse is the answer to a FetchRequest.
type FetchResponse struct {
	Status int
	Header map[string][]string
	Body   []byte
}

// Result is how a run ended and what its time was spent on.
type Result struct {
	Outcome models.Outcome
	Compile time.Duration // compiling, or finding the compiled program
	Own     time.Duration // loading and running, without waiting for HTTP
	HTTP    time.Duration
	Total   time.Duration
	// Spoilt says that the run left garbage or running code behind: the process
	// should run nothing else.
	Spoilt bool
}

// OpKind says what an Op does.
type OpKind uint8

// The kinds of operations. The comment says what Key, Index and Value hold.
const (
	OpClaim       OpKind = iota + 1 // key, value as JSON
	OpLogClaim                      // value: text
	OpWrite                         // metadata written at once: key, value: stored bytes
	OpMetadata                      // entry of the metadata list: index (length = append), key, value: stored bytes
	OpMetadataCut                   // index: new length of the list
	OpUser                          // key: field, value as JSON
	OpGrant                         // index (length = append), value: grant as JSON
	OpGrantCut                      // index: new length of the list
	OpAttribute                     // key: name, value: JSON of name format and values
)

// Op is one thing a script did, in the form that travels between processes.
type Op struct {
	Kind   OpKind
	Pushed bool // OpMetadata: by api.metadata, not by appendMetadata
	Key    string
	Index  int
	Value  []byte
	Line   int // of the call in the script, 0 = unknown
	Column int
}
