package runs

import (
	"encoding/json"
	"time"

	"flowbench/models"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// RegionProps is the place of a result: a result, a reason why there is none, or
// nothing yet. Replay is the recorded run that the next one is compared with.
type RegionProps struct {
	Result *ResultProps
	Fault  string
	Replay string
}

// previous is the id of the run that the next one may be compared with.
func (p RegionProps) previous() string {
	if p.Result != nil {
		return p.Result.Result.ID
	}
	return p.Replay
}

// ResultProps is one result and what its sentences need to know.
type ResultProps struct {
	T             text.T
	Result        models.RunResult
	Script        string        // the text that ran, for the lines around a failure
	Timeout       time.Duration // the limit that applied
	AllowedToFail bool
	Level         int               // of the headline: 3 in a panel, 2 on a page of its own
	InEditor      bool              // places lead into the editor, not to the listing
	Previous      *models.RunResult // result to compare with, or nil
	CompareURL    string            // where the comparison with the run before is, or ""
	RunURL        string            // the page of this run, or ""
	ReplayURL     string
}

// failed reports whether the script ran or tried to and went wrong.
func (p ResultProps) failed() bool {
	switch p.Result.Outcome.Kind {
	case models.OutcomeOK, models.OutcomeSkipped, models.OutcomeCancelled, models.OutcomeBusy:
		return false
	}
	return true
}

// headline is the result in one line.
func (p ResultProps) headline() string {
	took := ui.Duration(p.T, p.Result.Timing.Total.Duration())
	switch p.Result.Outcome.Kind {
	case models.OutcomeOK:
		return p.T.S("runs.headline.ok", "duration", took)
	case models.OutcomeTimeout:
		return p.T.S("runs.headline.timeout", "duration", ui.Duration(p.T, p.Timeout))
	case models.OutcomeSkipped:
		return p.T.S("runs.headline.skipped")
	case models.OutcomeCancelled:
		return p.T.S("runs.headline.cancelled", "duration", took)
	case models.OutcomeBusy:
		return p.T.S("runs.headline.busy")
	}
	return p.T.S("runs.headline.failed", "duration", took)
}

// consequence is what the same ending would mean in production.
func (p ResultProps) consequence() string {
	switch {
	case p.Result.Outcome.OK():
		return p.T.S("runs.consequence.ok")
	case p.Result.Outcome.Kind == models.OutcomeSkipped:
		return p.T.S("runs.consequence.skipped")
	case !p.failed():
		return ""
	case p.AllowedToFail:
		return p.T.S("runs.consequence.tolerated")
	}
	return p.T.S("runs.consequence.stopped")
}

// introspection says what resource servers would see, which surprises people.
func (p ResultProps) introspection() bool {
	return p.failed() && !p.AllowedToFail && p.Result.Trigger == models.PreUserinfo
}

func (p ResultProps) tone() string {
	switch {
	case p.Result.Outcome.OK():
		return "ok"
	case p.failed() && !p.AllowedToFail:
		return "danger"
	}
	return "warn"
}

// anchor is the address of a line: the editor, or the listing on the page.
func (p ResultProps) anchor(line int) string {
	if p.InEditor {
		return "#script"
	}
	return "#L" + itoa(line)
}

func (p ResultProps) asJSON() string {
	data, err := json.MarshalIndent(p.Result, "", "  ")
	if err != nil {
		return ""
	}
	return string(data)
}

// logGroup is a log line and how often it stands there in a row.
type logGroup struct {
	models.LogLine
	times int
}

func (p ResultProps) logGroups() []logGroup {
	var groups []logGroup
	for _, line := range p.Result.Log {
		if n := len(groups); n > 0 && groups[n-1].Message == line.Message && groups[n-1].Level == line.Level {
			groups[n-1].times++
			continue
		}
		groups = append(groups, logGroup{line, 1})
	}
	return groups
}

// levelCount is how many lines have a level.
type levelCount struct {
	level models.Level
	n     int
}

// levels counts the lines per level, in order of gravity.
func (p ResultProps) levels() []levelCount {
	var counts []levelCount
	for _, level := range []models.Level{models.LevelError, models.LevelWarn, models.LevelInfo} {
		n := 0
		for _, line := range p.Result.Log {
			if line.Level == level {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, levelCount{level, n})
		}
	}
	return counts
}
