package models

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Compare says how runs differ from what is expected. failure is the outcome
// that ended them, or nil; effects are those of all runs in the order made.
func (x Expectation) Compare(failure *Outcome, effects []Effect) []Difference {
	differences := x.compareOutcome(failure)
	final, order := FinalEffects(effects)
	matched := map[string]bool{}
	for _, e := range x.Effects {
		differences = append(differences, e.compare(final, matched)...)
	}
	if x.Others {
		return differences
	}
	for _, path := range order {
		if !matched[path] {
			differences = append(differences, Difference{Path: path, Got: final[path], Text: path + " is not expected."})
		}
	}
	return differences
}

func (x Expectation) compareOutcome(failure *Outcome) []Difference {
	switch {
	case failure == nil && x.Fails:
		return []Difference{{Text: "It succeeded, but was expected to fail."}}
	case failure != nil && !x.Fails:
		return []Difference{{Text: "It failed: " + failure.Message}}
	case failure != nil && !strings.Contains(failure.Message, x.Message):
		return []Difference{{Text: fmt.Sprintf("It failed with %q, which does not contain %q.", failure.Message, x.Message)}}
	}
	return nil
}

// FinalEffects reduces effects to the last value of each path, and tells the
// order in which the paths first came. Ignored calls do not count.
func FinalEffects(effects []Effect) (final map[string]json.RawMessage, order []string) {
	final = map[string]json.RawMessage{}
	for _, e := range effects {
		if e.Change == ChangeIgnored {
			continue
		}
		if _, seen := final[e.Path]; !seen {
			order = append(order, e.Path)
		}
		final[e.Path] = e.After
	}
	return final, order
}

func (e ExpectedEffect) compare(final map[string]json.RawMessage, matched map[string]bool) []Difference {
	if prefix, ok := strings.CutSuffix(e.Path, "*"); ok {
		return e.compareAll(prefix, final, matched)
	}
	got, there := final[e.Path]
	matched[e.Path] = true
	switch {
	case e.Match == MatchIgnore:
		return nil
	case !there:
		return []Difference{{Path: e.Path, Want: e.Value, Text: e.Path + " is missing."}}
	case !e.accepts(got):
		return []Difference{{Path: e.Path, Want: e.Value, Got: got, Text: e.Path + " has another value."}}
	}
	return nil
}

func (e ExpectedEffect) compareAll(prefix string, final map[string]json.RawMessage, matched map[string]bool) (differences []Difference) {
	for path, got := range final {
		if !strings.HasPrefix(path, prefix) || matched[path] {
			continue
		}
		matched[path] = true
		if e.Match != MatchIgnore && !e.accepts(got) {
			differences = append(differences, Difference{Path: path, Want: e.Value, Got: got, Text: path + " has another value."})
		}
	}
	return differences
}

func (e ExpectedEffect) accepts(got json.RawMessage) bool {
	var want, have any
	if json.Unmarshal(e.Value, &want) != nil {
		return false
	}
	if len(got) > 0 && json.Unmarshal(got, &have) != nil {
		return false
	}
	if e.Match == MatchContains {
		return containsValue(have, want)
	}
	return reflect.DeepEqual(have, want)
}

// containsValue compares as MATCH_CONTAINS says.
func containsValue(have, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		object, ok := have.(map[string]any)
		for name, value := range want {
			member, there := object[name]
			ok = ok && there && containsValue(member, value)
		}
		return ok
	case []any:
		list, ok := have.([]any)
		for _, value := range want {
			ok = ok && containsElement(list, value)
		}
		return ok
	case string:
		text, ok := have.(string)
		return ok && strings.Contains(text, want)
	}
	return reflect.DeepEqual(have, want)
}

func containsElement(list []any, want any) bool {
	for _, have := range list {
		if containsValue(have, want) {
			return true
		}
	}
	return false
}

// ExpectationOf is the expectation that a run as it was fulfils, for saving a
// run as a case.
func ExpectationOf(failure *Outcome, effects []Effect) Expectation {
	x := Expectation{Fails: failure != nil}
	if failure != nil {
		x.Message, _, _ = strings.Cut(failure.Message, " at ")
	}
	final, order := FinalEffects(effects)
	for _, path := range order {
		x.Effects = append(x.Effects, ExpectedEffect{Path: path, Match: MatchExact, Value: final[path]})
	}
	return x
}
