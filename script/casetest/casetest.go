// Package casetest reads the recorded behaviour of the reference runtime and
// compares runs with it, for the tests of every engine.
package casetest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

//go:embed cases.json
var recorded []byte

// Case is one recorded case of how actions behave.
type Case struct {
	ID, Name              string
	FlowType, TriggerType string
	Actions               []Action
	Context               any
	ProviderInfo          string
	Env                   Environment
	Expect                map[string]json.RawMessage
	SameAsZitadel         bool
}

// Action is an action of a case.
type Action struct {
	Name, Script, Timeout, State string
	AllowedToFail                bool
}

// Inactive reports whether the action is skipped.
func (a Action) Inactive() bool { return a.State == "ACTION_STATE_INACTIVE" }

// Environment is the world around a case.
type Environment struct {
	HTTP []struct {
		Path    string
		Body    any
		DelayMs int
	}
	DenyList []string
}

// Run is how one action of a case ended; Error is empty if it succeeded.
type Run struct{ Name, Error string }

// Got is what an engine made of a case.
type Got struct {
	Completed bool
	Runs      []Run
	Log       []models.LogLine
	Requests  []Request
	Outcome   models.ChainOutcome
	Before    models.ChainOutcome // of the same context without any action
}

// Read returns all cases.
func Read(t *testing.T) []Case {
	t.Helper()
	var file struct{ Cases []Case }
	mustUnmarshal(t, recorded, &file)
	if len(file.Cases) != 76 {
		t.Fatalf("%d cases, want 76", len(file.Cases))
	}
	return file.Cases
}

// Strict returns the case with the expectations of strict mode.
func (c Case) Strict(t *testing.T) Case {
	t.Helper()
	changed, deviates := strictly[c.ID]
	if deviates == c.SameAsZitadel {
		t.Errorf("a case is listed in strictly exactly if it deviates from the reference")
	}
	expect := map[string]json.RawMessage{}
	for key, want := range c.Expect {
		expect[key] = want
	}
	for key, want := range changed {
		expect[key] = json.RawMessage(want)
	}
	c.Expect = expect
	return c
}

// strictly is what a deliberate improvement does in strict mode: the
// expectation that replaces the recorded one.
var strictly = map[string]map[string]string{
	"R021": {"chain": `"aborted"`, "errorContains": `"exactly 2 (key, value) arguments expected"`, "runs": `[{"name":"t","outcome":"failed"}]`, "claims": `{}`},
	"R022": {},
	"R054": {"claims": `{"bad":null,"r":"accepted"}`},
	"R068": {},
	"R070": {"metadata": `[{"key":"k","value":"\"\""},{"key":"l","value":"1"}]`},
	"R072": {},
	"R080": {"userGrants": `[{"projectId":"","projectGrantId":"","roles":["r"]}]`},
	"R086": {"chain": `"aborted"`, "errorContains": `"Invalid module"`, "attributes": `{}`},
	"R090": {},
	"R096": {"chain": `"aborted"`, "errorContains": `"connection refused"`, "runs": `[{"name":"t","outcome":"failed"}]`, "claims": `{}`},
}

// Compare fails unless an engine did what was recorded.
func (c Case) Compare(t *testing.T, g Got) {
	t.Helper()
	got := map[string]any{"chain": "completed"}
	runs := []map[string]any{}
	for _, r := range g.Runs {
		run := map[string]any{"name": r.Name, "outcome": "succeeded"}
		if r.Error != "" {
			run["outcome"], run["error"] = "failed", r.Error
		}
		runs = append(runs, run)
	}
	if !g.Completed {
		got["chain"] = "aborted"
		got["error"] = g.Runs[len(g.Runs)-1].Error
	}
	got["runs"] = runs
	describe(t, got, g.Outcome, claimNames(t, g.Before.Claims))
	got["logs"], got["http"] = logs(g.Log), g.Requests
	for key, want := range c.Expect {
		compareExpectation(t, key, want, got)
	}
}

func logs(lines []models.LogLine) []map[string]any {
	names := map[models.Level]string{models.LevelInfo: "info", models.LevelWarn: "warning", models.LevelError: "error"}
	list := []map[string]any{}
	for _, l := range lines {
		list = append(list, map[string]any{"level": names[l.Level], "message": l.Message})
	}
	return list
}

// describe fills what the operation around the chain would do.
func describe(t *testing.T, got map[string]any, o models.ChainOutcome, initial map[string]bool) {
	t.Helper()
	claims := map[string]any{}
	if len(o.Claims) > 0 {
		mustUnmarshal(t, o.Claims, &claims)
	}
	for name := range initial {
		delete(claims, name)
	}
	got["claims"] = claims
	got["metadata"] = append(append([]models.KeyValue{}, o.Metadata...), o.MetadataWrites...)
	user := map[string]any{}
	if len(o.User) > 0 {
		mustUnmarshal(t, o.User, &user)
	}
	got["user"] = user
	grants := []map[string]any{}
	for _, g := range o.Grants {
		grants = append(grants, map[string]any{"projectId": g.ProjectID, "projectGrantId": g.ProjectGrantID, "roles": g.Roles})
	}
	got["userGrants"] = grants
	attributes := map[string]any{}
	for _, a := range o.Attributes {
		attributes[a.Name] = map[string]any{"nameFormat": a.NameFormat, "values": a.Values}
	}
	got["attributes"] = attributes
}

func compareExpectation(t *testing.T, key string, want json.RawMessage, got map[string]any) {
	t.Helper()
	var w any
	mustUnmarshal(t, want, &w)
	switch key {
	case "errorContains":
		text, _ := got["error"].(string)
		for _, r := range got["runs"].([]map[string]any) {
			if e, ok := r["error"].(string); ok && text == "" {
				text = e
			}
		}
		if !strings.Contains(text, w.(string)) {
			t.Errorf("error = %q, want it to contain %q", text, w)
		}
	case "runs":
		compareRuns(t, w.([]any), got["runs"].([]map[string]any))
	case "user":
		for field, v := range w.(map[string]any) {
			if diff := cmp.Diff(v, got["user"].(map[string]any)[field]); diff != "" {
				t.Errorf("user.%s (-want +got):\n%s", field, diff)
			}
		}
	case "http":
		compareRequests(t, w.([]any), got["http"].([]Request))
	default:
		if diff := cmp.Diff(w, normal(t, got[key])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

func compareRuns(t *testing.T, want []any, got []map[string]any) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%d runs, want %d", len(got), len(want))
		return
	}
	for i, w := range want {
		w := w.(map[string]any)
		text, _ := got[i]["error"].(string)
		if w["name"] != got[i]["name"] || w["outcome"] != got[i]["outcome"] {
			t.Errorf("run %d = %v, want %v", i, got[i], w)
		}
		if part, ok := w["errorContains"].(string); ok && !strings.Contains(text, part) {
			t.Errorf("run %d failed with %q, want it to contain %q", i, text, part)
		}
	}
}

func compareRequests(t *testing.T, want []any, got []Request) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%d requests, want %d", len(got), len(want))
		return
	}
	for i, w := range want {
		w := w.(map[string]any)
		for key, have := range map[string]string{"method": got[i].Method, "path": got[i].Path, "body": got[i].Body} {
			if v, ok := w[key]; ok && v != have {
				t.Errorf("request %d has %s %q, want %q", i, key, have, v)
			}
		}
		headers, _ := w["headers"].(map[string]any)
		for name, v := range headers {
			if diff := cmp.Diff(v, normal(t, got[i].Header[name])); diff != "" {
				t.Errorf("request %d header %s (-want +got):\n%s", i, name, diff)
			}
		}
	}
}

// Request is a request that the stub server saw.
type Request struct {
	Method, Path, Body string
	Header             http.Header
}

// Server serves the case's answers and records the requests.
func (env Environment) Server() (*httptest.Server, func() []Request) {
	requests := make(chan Request, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(r.Body)
		requests <- Request{r.Method, r.URL.RequestURI(), body.String(), r.Header}
		for _, answer := range env.HTTP {
			if answer.Path == r.URL.Path {
				if answer.DelayMs > 0 {
					<-r.Context().Done()
					return
				}
				_ = json.NewEncoder(w).Encode(answer.Body)
				return
			}
		}
		http.NotFound(w, r)
	}))
	return server, func() []Request {
		var list []Request
		for len(requests) > 0 {
			list = append(list, <-requests)
		}
		return list
	}
}

// Trigger returns the case's trigger.
func (c Case) Trigger(t *testing.T) models.Slug {
	t.Helper()
	flow, _ := models.ParseFlowType(c.FlowType)
	trigger, _ := models.ParseTriggerType(c.TriggerType)
	found, ok := models.TriggerOf(flow, trigger)
	if !ok {
		t.Fatalf("no trigger %s/%s", c.FlowType, c.TriggerType)
	}
	return found.Slug
}

// Input is the trigger's sample with the case's changes.
func (c Case) Input(t *testing.T) json.RawMessage {
	t.Helper()
	slug := c.Trigger(t)
	var base map[string]any
	mustUnmarshal(t, vm.Sample(slug), &base)
	if c.ProviderInfo != "" {
		for _, s := range vm.Samples(slug) {
			if s.ID == "provider-"+c.ProviderInfo {
				mustUnmarshal(t, s.JSON, &base)
			}
		}
	}
	text, err := json.Marshal(mergePatch(base, c.Context))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mergePatch(target any, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		if patch == nil {
			return target
		}
		return patch
	}
	m, _ := target.(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	for k, v := range p {
		if v == nil {
			delete(m, k)
			continue
		}
		if v == "$null" {
			m[k] = nil
			continue
		}
		m[k] = mergePatch(m[k], v)
	}
	return m
}

func claimNames(t *testing.T, claims json.RawMessage) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	if len(claims) == 0 {
		return names
	}
	var m map[string]any
	mustUnmarshal(t, claims, &m)
	for k := range m {
		names[k] = true
	}
	return names
}

func mustUnmarshal(t *testing.T, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

// normal brings a value into the form of decoded JSON.
func normal(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	mustUnmarshal(t, text, &out)
	return out
}
