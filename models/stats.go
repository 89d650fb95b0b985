package models

import "time"

// DayRuns counts the runs that began on one day, in UTC.
type DayRuns struct {
	Day       time.Time
	Succeeded int
	Tolerated int // failed, but allowed to fail
	Failed    int
}

// Total is the number of runs of the day.
func (d DayRuns) Total() int { return d.Succeeded + d.Tolerated + d.Failed }

// RunTally counts the runs of one action at one trigger.
type RunTally struct {
	ActionID string
	Trigger  Slug
	Runs     int
	Failed   int // tolerated ones included
}

// LastRun is the newest run of an action.
type LastRun struct {
	ActionID  string
	RunID     string
	Outcome   OutcomeKind
	Tolerated bool
	At        time.Time
}
