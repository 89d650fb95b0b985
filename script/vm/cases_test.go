package vm_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

// behaviour is one recorded case of how actions behave.
type behaviour struct {
	ID, Name              string
	FlowType, TriggerType string
	Actions               []struct {
		Name, Script, Timeout, State string
		AllowedToFail                bool
	}
	Context       any
	ProviderInfo  string
	Env           environment
	Expect        map[string]json.RawMessage
	SameAsZitadel bool
}

type environment struct {
	HTTP []struct {
		Path    string
		Body    any
		DelayMs int
	}
	DenyList []string
}

// strictOutcome is what a deliberate improvement does in strict mode: the
// expectation that replaces the recorded one.
var strictOutcome = map[string]map[string]string{
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

func TestRecordedBehaviour(t *testing.T) {
	t.Parallel()
	for _, c := range readCases(t) {
		t.Run(c.ID+" "+c.Name, func(t *testing.T) {
			t.Parallel()
			checkCase(t, c, false)
			strict, deviates := strictOutcome[c.ID]
			if deviates == c.SameAsZitadel {
				t.Errorf("a case is listed in strictOutcome exactly if it deviates from the reference")
			}
			for key, want := range strict {
				c.Expect[key] = json.RawMessage(want)
			}
			t.Run("strict", func(t *testing.T) { checkCase(t, c, true) })
		})
	}
}

func readCases(t *testing.T) []behaviour {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []behaviour }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 76 {
		t.Fatalf("%d cases, want 76", len(file.Cases))
	}
	return file.Cases
}

func checkCase(t *testing.T, c behaviour, strict bool) {
	server, seen := stubServer(c.Env)
	defer server.Close()
	table := triggerOf(t, c)
	context := patched(t, table, c)
	encoded, err := vm.EncodeContext(table, context)
	if err != nil {
		t.Fatal(err)
	}
	state := vm.NewState(encoded)
	initial := claimNames(t, vm.Finish(state).Claims)
	h := newHost(encoded)
	h.strict = strict
	h.fetch = fetcher(c.Env)
	runner := vm.NewRunner(vm.Options{})
	got := map[string]any{"chain": "completed"}
	runs := []map[string]any{}
	for _, a := range c.Actions {
		if a.State == "ACTION_STATE_INACTIVE" {
			continue
		}
		timeout, _ := time.ParseDuration(a.Timeout)
		script := strings.ReplaceAll(a.Script, "{{HTTP_BASE}}", server.URL)
		res := h.run(t, runner, state, vm.Job{Name: a.Name, Script: script, Timeout: timeout, Strict: strict})
		run := map[string]any{"name": a.Name, "outcome": "succeeded"}
		if !res.Outcome.OK() {
			run["outcome"], run["error"] = "failed", res.Outcome.Message
		}
		runs = append(runs, run)
		if !res.Outcome.OK() && !a.AllowedToFail {
			got["chain"], got["error"] = "aborted", res.Outcome.Message
			break
		}
	}
	got["runs"] = runs
	h.compare(t, state)
	describe(t, got, vm.Finish(state), initial)
	got["logs"], got["http"] = h.logs(), seen()
	for key, want := range c.Expect {
		compareExpectation(t, key, want, got)
	}
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
		compareRequests(t, w.([]any), got["http"].([]request))
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

func compareRequests(t *testing.T, want []any, got []request) {
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

type request struct {
	Method, Path, Body string
	Header             http.Header
}

// stubServer serves the case's answers and records the requests.
func stubServer(env environment) (*httptest.Server, func() []request) {
	requests := make(chan request, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(r.Body)
		requests <- request{r.Method, r.URL.RequestURI(), body.String(), r.Header}
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
	return server, func() []request {
		var list []request
		for len(requests) > 0 {
			list = append(list, <-requests)
		}
		return list
	}
}

func triggerOf(t *testing.T, c behaviour) models.Slug {
	t.Helper()
	flow, _ := models.ParseFlowType(c.FlowType)
	trigger, _ := models.ParseTriggerType(c.TriggerType)
	found, ok := models.TriggerOf(flow, trigger)
	if !ok {
		t.Fatalf("no trigger %s/%s", c.FlowType, c.TriggerType)
	}
	return found.Slug
}

// patched is the trigger's sample with the case's changes.
func patched(t *testing.T, slug models.Slug, c behaviour) json.RawMessage {
	t.Helper()
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
