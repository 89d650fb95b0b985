package overview

import "flowbench/models"

// Props is what the overview shows.
type Props struct {
	Actions  int
	Inactive int
	Bound    int // triggers with at least one action
	Triggers int
	Runs     int // in the last 24 hours
	Failed   int // of them, tolerated failures included
	Days     []models.DayRuns
	Notices  []Notice
	Steps    []Step // for a new organization; else empty
}

// Notice is one sentence about something that needs attention. Key names the
// text, whose placeholder is Name; the sentence links to Href.
type Notice struct {
	Key, Name, Href string
}

// Step is one of the first steps of a new organization.
type Step struct {
	Key, Href string
	Done      bool
}

// Collect finds what needs attention. usage says where each action is bound,
// last its newest run.
func Collect(actions []models.Action, usage map[string][]models.Trigger, last map[string]models.LastRun, href func(id string) string) []Notice {
	var notices []Notice
	for _, a := range actions {
		if run, ok := last[a.ID]; ok && run.Outcome != models.OutcomeOK && run.Outcome != models.OutcomeSkipped {
			notices = append(notices, Notice{Key: "overview.last_failed", Name: a.Name, Href: href(a.ID)})
		}
		bound, active := len(usage[a.ID]) > 0, a.State == models.ActionActive
		switch {
		case active && !bound:
			notices = append(notices, Notice{Key: "overview.unbound", Name: a.Name, Href: href(a.ID)})
		case !active && bound:
			notices = append(notices, Notice{Key: "overview.inactive_bound", Name: a.Name, Href: href(a.ID)})
		}
	}
	return notices
}
