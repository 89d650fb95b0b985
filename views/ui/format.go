package ui

import (
	"maps"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"flowbench/views/text"
)

// with returns the props with more attributes and the type "button".
func (p ButtonProps) with(attrs templ.Attributes) ButtonProps {
	merged := maps.Clone(attrs)
	maps.Copy(merged, p.Attrs)
	p.Attrs, p.Type = merged, "button"
	return p
}

func bannerIcon(kind Kind) string {
	switch kind {
	case OK:
		return "check"
	case Warn:
		return "warning"
	case Danger:
		return "error"
	default:
		return "info"
	}
}

// Since says how long ago at was; after seven days it says the date.
func Since(t text.T, now, at time.Time) string {
	d := now.Sub(at)
	switch {
	case d < time.Minute && d > -time.Minute:
		return t.S("time.now")
	case d < 0 || d >= 7*24*time.Hour:
		return date(t, at)
	case d < time.Hour:
		return t.S("time.minutes", "n", int(d/time.Minute))
	case d < 24*time.Hour:
		return t.S("time.hours", "n", int(d/time.Hour))
	default:
		return t.S("time.days", "n", int(d/(24*time.Hour)))
	}
}

func date(t text.T, at time.Time) string {
	at = at.UTC()
	return t.S("time.date", "day", strconv.Itoa(at.Day()),
		"month", t.S("time.month."+strconv.Itoa(int(at.Month()))), "year", strconv.Itoa(at.Year()))
}

// fullTime is the time to the second with its zone.
func fullTime(t text.T, at time.Time) string {
	return date(t, at) + ", " + at.UTC().Format("15:04:05 UTC")
}

// Duration writes a duration the way people read it: "4.2 ms", "1.3 s".
func Duration(t text.T, d time.Duration) string {
	switch {
	case d < time.Second:
		return t.S("time.ms", "n", t.Decimal(float64(d)/float64(time.Millisecond)))
	case d%time.Second == 0:
		return t.S("time.s", "n", strconv.Itoa(int(d/time.Second)))
	default:
		return t.S("time.s", "n", t.Decimal(d.Seconds()))
	}
}

// ShortID shortens an id to its last six characters.
func ShortID(id string) string {
	if len(id) <= 8 {
		return id
	}
	return "…" + id[len(id)-6:]
}
