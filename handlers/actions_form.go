package handlers

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// actionForm is what the editor posts, whatever button was pressed.
type actionForm struct {
	Action        string   `form:"id"` // of the action, for test runs
	Name          string   `form:"name"`
	Timeout       string   `form:"timeout"`
	AllowedToFail string   `form:"allowedToFail"`
	Script        string   `form:"script"`
	Sequence      []string `form:"sequence"` // the last one counts: a button may add another
	Anyway        string   `form:"anyway"`

	Trigger string `form:"trigger"`
	Sample  string `form:"sample"`
	Context string `form:"context"`

	SampleName string `form:"sampleName"`

	HTTP     string `form:"http"`
	Stubs    string `form:"stubs"`
	Previous string `form:"previous"`
	Replay   string `form:"replay"`
}

// tidy undoes what browsers do to line ends. A stored script with other line
// ends stays as it is if nothing else differs.
func (f *actionForm) tidy(stored string) {
	f.Script = strings.ReplaceAll(f.Script, "\r\n", "\n")
	if f.Script == strings.ReplaceAll(stored, "\r\n", "\n") {
		f.Script = stored
	}
	f.Context = strings.TrimSpace(f.Context)
	f.Stubs = strings.TrimSpace(f.Stubs)
}

// input reads the fields; the faults are those of all fields.
func (f actionForm) input(t text.T, limit int) (models.ActionInput, ui.Faults) {
	in := models.ActionInput{Name: f.Name, Script: f.Script, AllowedToFail: f.AllowedToFail != ""}
	var faults ui.Faults
	seconds, err := parseSeconds(f.Timeout)
	if err != nil {
		faults = append(faults, ui.Fault{Field: "timeout", Message: t.S("actions.timeout_number")})
	}
	in.Timeout = seconds
	for _, fault := range in.Faults(limit) {
		faults = append(faults, ui.Fault{Field: fault.Field, Message: Sentence(t, fault)})
	}
	return in, faults
}

// shown is the form as the page shows it again.
func (f actionForm) shown() actions.Form {
	return actions.Form{Name: f.Name, Timeout: f.Timeout, AllowedToFail: f.AllowedToFail != "", Script: f.Script, Sequence: f.sequence()}
}

// sequence is the state of the action that the person has seen, 0 if unknown.
func (f actionForm) sequence() uint64 {
	if len(f.Sequence) == 0 {
		return 0
	}
	n, err := strconv.ParseUint(f.Sequence[len(f.Sequence)-1], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// expect is the sequence an update insists on.
func (f actionForm) expect() *uint64 {
	if n := f.sequence(); n > 0 {
		return &n
	}
	return nil
}

// secondsLimit keeps the arithmetic of durations from overflowing; what is
// legal is decided by models.
const secondsLimit = 1e6

// parseSeconds reads a number of seconds; an empty text is 0.
func parseSeconds(s string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil {
		return 0, err
	}
	if n != n || n > secondsLimit || n < -secondsLimit {
		return 0, errors.New("not a duration")
	}
	return time.Duration(n * float64(time.Second)), nil
}

func formatSeconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

// stored is the form of an action as it is saved.
func stored(a models.Action) actionForm {
	f := actionForm{Action: a.ID, Name: a.Name, Timeout: formatSeconds(a.Timeout), Script: a.Script,
		Sequence: []string{strconv.FormatUint(a.Sequence, 10)}}
	if a.AllowedToFail {
		f.AllowedToFail = "on"
	}
	return f
}

// renamed returns the script with the declaration of the function from renamed
// to to; other uses of the name stay.
func renamed(script, from, to string) string {
	declaration := regexp.MustCompile(`\b(function|var|let|const)(\s+)` + regexp.QuoteMeta(from) + `\b`)
	return declaration.ReplaceAllString(script, "${1}${2}"+strings.ReplaceAll(to, "$", "$$"))
}
