package script

import (
	"time"

	"flowbench/models"
)

// Observation is one thing that happened inside the engine, for metrics.
type Observation struct {
	// Outcome is the ending of one run; empty for a lost worker.
	Outcome models.OutcomeKind
	Trigger models.Slug
	Test    bool
	Took    time.Duration // of the run
	Waited  time.Duration // for a worker
	// Respawn says that a worker was replaced; nothing else is set then.
	Respawn bool
}

// Stats are the engine's gauges.
type Stats struct {
	Workers  int // processes alive
	Busy     int
	Queue    int // chains waiting
	Respawns int // workers replaced so far
}
