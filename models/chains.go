package models

import (
	"encoding/json"
	"time"
)

// ChainRun is what running a trigger's saved chain answers; its JSON form is
// the RunTrigger answer of Flowbench's own API.
type ChainRun struct {
	Trigger   Slug         `json:"trigger"`
	Actions   []RunResult  `json:"actions"`
	Completed bool         `json:"completed"`
	StoppedBy string       `json:"stoppedBy,omitempty"`
	Result    ChainOutcome `json:"result"`
}

// JourneyRun is what running a journey answers: one entry per trigger that was
// reached, and their results together.
type JourneyRun struct {
	Triggers  []ChainRun   `json:"triggers"`
	Completed bool         `json:"completed"`
	Result    ChainOutcome `json:"result"`
}

// ChainAnswer keeps the answer to a request with an idempotency key.
type ChainAnswer struct {
	OrgID       string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey;column:idempotency_key"`
	Fingerprint string // of the request the key was first used with
	Answer      string // JSON of a ChainRun
	CreatedAt   time.Time
}

// Journey names the triggers that one sign-in fires, in order.
type Journey struct {
	ID       string
	Triggers []Slug
}

// journeys are the presets. A token answer with JWT access token and ID token
// fires pre-access-token before pre-userinfo.
var journeys = [...]Journey{
	{"first-external-sign-in", []Slug{ExternalPostAuthentication, ExternalPreCreation, ExternalPostCreation, PreAccessToken, PreUserinfo}},
	{"returning-external-sign-in", []Slug{ExternalPostAuthentication, PreAccessToken, PreUserinfo}},
	{"registration", []Slug{InternalPreCreation, InternalPostCreation, PreAccessToken, PreUserinfo}},
	{"sign-in", []Slug{InternalPostAuthentication, PreAccessToken, PreUserinfo}},
	{"token", []Slug{PreAccessToken, PreUserinfo}},
	{"saml-sign-in", []Slug{InternalPostAuthentication, PreSAMLResponse}},
}

// Journeys returns the presets in the order in which they are offered.
func Journeys() []Journey { return append([]Journey(nil), journeys[:]...) }

// JourneyByID finds a preset.
func JourneyByID(id string) (Journey, bool) {
	for _, j := range journeys {
		if j.ID == id {
			return j, true
		}
	}
	return Journey{}, false
}

// Join adds what a later trigger of a journey answered.
func (o ChainOutcome) Join(next ChainOutcome) ChainOutcome {
	o.Claims = joinObjects(o.Claims, next.Claims)
	o.LogClaims = append(o.LogClaims, next.LogClaims...)
	o.MetadataWrites = append(o.MetadataWrites, next.MetadataWrites...)
	o.Metadata = append(o.Metadata, next.Metadata...)
	o.Grants = append(o.Grants, next.Grants...)
	o.Attributes = append(o.Attributes, next.Attributes...)
	if len(next.User) > 0 {
		o.User = next.User
	}
	if next.LoginMessage != "" {
		o.LoginMessage = next.LoginMessage
	}
	return o
}

// joinObjects merges two JSON objects; members of the second one win.
func joinObjects(a, b json.RawMessage) json.RawMessage {
	if len(a) == 0 || len(b) == 0 {
		return append(append(json.RawMessage(nil), a...), b...)
	}
	all := map[string]json.RawMessage{}
	if json.Unmarshal(a, &all) != nil || json.Unmarshal(b, &all) != nil {
		return b
	}
	joined, err := json.Marshal(all)
	if err != nil {
		return b
	}
	return joined
}
