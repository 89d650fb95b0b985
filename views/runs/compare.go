package runs

import (
	"encoding/json"
	"slices"
	"strconv"

	"flowbench/models"
	"flowbench/views/ui"
)

func itoa(n int) string { return strconv.Itoa(n) }

// pair is one path in two results. A missing side did not touch the path.
type pair struct {
	path          string
	input         json.RawMessage
	before, after *models.Effect // in the previous result, in this one
}

// same reports whether both results left the same value.
func (p pair) same() bool {
	return p.before != nil && p.after != nil && string(p.before.After) == string(p.after.After)
}

// pairs lines the last effect on each path of both results up, in the order of
// this result, followed by what only the previous one did.
func (p ResultProps) pairs() []pair {
	if p.Previous == nil {
		return nil
	}
	var paths []string
	for _, e := range slices.Concat(p.Result.Effects, p.Previous.Effects) {
		if !slices.Contains(paths, e.Path) {
			paths = append(paths, e.Path)
		}
	}
	list := make([]pair, len(paths))
	for i, path := range paths {
		before, after := lastOn(p.Previous.Effects, path), lastOn(p.Result.Effects, path)
		list[i] = pair{path: path, before: before, after: after, input: firstBefore(path, p.Result.Effects, p.Previous.Effects)}
	}
	return list
}

func lastOn(effects []models.Effect, path string) *models.Effect {
	for i := len(effects) - 1; i >= 0; i-- {
		if effects[i].Path == path && effects[i].Change != models.ChangeIgnored {
			return &effects[i]
		}
	}
	return nil
}

func firstBefore(path string, lists ...[]models.Effect) json.RawMessage {
	for _, effects := range lists {
		for _, e := range effects {
			if e.Path == path {
				return e.Before
			}
		}
	}
	return nil
}

// share is one part of the time bar; X and Width are in thousandths of it.
type share struct {
	kind     string
	x, width int
	seconds  models.Seconds
}

// barUnits is the width of the time bar.
const barUnits = 1000

// shares splits the bar, whose full width is the timeout. A part that took any
// time is at least visible.
func (p ResultProps) shares() []share {
	parts := []share{
		{kind: "compile", seconds: p.Result.Timing.Compile},
		{kind: "own", seconds: p.Result.Timing.Own},
		{kind: "http", seconds: p.Result.Timing.HTTP},
	}
	x := 0
	for i := range parts {
		d := parts[i].seconds.Duration()
		if d > 0 && p.Timeout > 0 {
			parts[i].width = min(max(int(barUnits*d/p.Timeout), 4), barUnits-x)
		}
		parts[i].x = x
		x += parts[i].width
	}
	return parts
}

// timeSummary says in words what the bar draws.
func (p ResultProps) timeSummary() string {
	t := p.Result.Timing
	return p.T.S("runs.time.summary", "total", ui.Duration(p.T, t.Total.Duration()), "limit", ui.Duration(p.T, p.Timeout),
		"compile", ui.Duration(p.T, t.Compile.Duration()), "own", ui.Duration(p.T, t.Own.Duration()), "http", ui.Duration(p.T, t.HTTP.Duration()))
}
