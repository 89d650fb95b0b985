package vm

import (
	"encoding/json"
	"sync"

	"flowbench/models"
	"flowbench/script/samples"
)

// SampleContext is a built-in context of a trigger.
type SampleContext struct {
	ID    string
	Title string
	JSON  json.RawMessage // object with ctx and state
}

// Samples returns the built-in contexts of a trigger, the usual one first.
func Samples(trigger models.Slug) []SampleContext { return readSamples()[trigger] }

var readSamples = sync.OnceValue(func() map[models.Slug][]SampleContext {
	all := map[models.Slug][]SampleContext{}
	for slug := range tables {
		all[slug] = parseSamples(samples.File(string(slug)))
	}
	return all
})

func parseSamples(text []byte) []SampleContext {
	var heads []struct{ ID, Title string }
	var bodies []json.RawMessage
	if json.Unmarshal(text, &heads) != nil || json.Unmarshal(text, &bodies) != nil {
		return nil
	}
	list := make([]SampleContext, len(heads))
	for i, h := range heads {
		list[i] = SampleContext{ID: h.ID, Title: h.Title, JSON: bodies[i]}
	}
	return list
}

// Sample returns the usual context of a trigger, nil for an unknown trigger.
func Sample(trigger models.Slug) json.RawMessage {
	list := Samples(trigger)
	if len(list) == 0 {
		return nil
	}
	return list[0].JSON
}

func sharedSample() []byte { return samples.File("shared") }
