package api_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"flowbench/store"
	"flowbench/store/storetest"
)

// manager makes the calls of famedly's actions manager: names and flows of a
// configuration are compared with the server, and only differences are sent.
type manager struct {
	t      *testing.T
	f      *fixture
	writes []string // what was sent besides reads
}

// wantedAction is an entry of actions.yaml; nil means that it must not exist.
type wantedAction struct {
	Script        string  `json:"script"`
	Timeout       *string `json:"timeout,omitempty"`
	AllowedToFail bool    `json:"allowedToFail"`
}

func (m *manager) call(method, path string, body any) map[string]any {
	m.t.Helper()
	c := call{method: method, path: path, headers: map[string]string{"Authorization": "Bearer " + m.f.vars["ownerToken"]}}
	if body != nil {
		c.body, _ = json.Marshal(body)
	}
	got, _, err := rest(m.f, c)
	if err != nil || got.status != http.StatusOK {
		m.t.Fatalf("%s %s %s: %d %s %v", method, path, c.body, got.status, got.text, err)
	}
	object, _ := got.body.(map[string]any)
	return object
}

// find searches one name, as the tool does.
func (m *manager) find(name string) map[string]any {
	m.t.Helper()
	found := m.call("POST", "/management/v1/actions/_search", map[string]any{"query": map[string]any{"limit": 1},
		"queries": []any{map[string]any{"actionNameQuery": map[string]any{"name": name, "method": "TEXT_QUERY_METHOD_EQUALS"}}}})
	list, _ := found["result"].([]any)
	if len(list) == 0 {
		return nil
	}
	action, _ := list[0].(map[string]any)
	return action
}

func (m *manager) sync(actions map[string]*wantedAction, flows map[string]map[string][]string) {
	m.t.Helper()
	ids := map[string]string{}
	for name, want := range actions {
		if want != nil {
			ids[name] = m.syncAction(name, *want)
		}
	}
	for flow, triggers := range flows {
		m.syncFlow(flow, triggers, ids)
	}
	for name, want := range actions {
		if have := m.find(name); want == nil && have != nil {
			m.call("DELETE", "/management/v1/actions/"+have["id"].(string), map[string]any{})
			m.writes = append(m.writes, "delete "+name)
		}
	}
}

func (m *manager) syncAction(name string, want wantedAction) string {
	m.t.Helper()
	body := map[string]any{"name": name, "script": want.Script, "allowedToFail": want.AllowedToFail}
	timeout := "20s" // what no timeout is read as
	if want.Timeout != nil {
		timeout = *want.Timeout
		body["timeout"] = timeout
	}
	have := m.find(name)
	if have == nil {
		m.writes = append(m.writes, "create "+name)
		return m.call("POST", "/management/v1/actions", body)["id"].(string)
	}
	allowed, _ := have["allowedToFail"].(bool)
	if have["script"] != want.Script || allowed != want.AllowedToFail || have["timeout"] != timeout {
		m.writes = append(m.writes, "update "+name)
		m.call("PUT", "/management/v1/actions/"+have["id"].(string), body)
	}
	return have["id"].(string)
}

func (m *manager) syncFlow(flow string, triggers map[string][]string, ids map[string]string) {
	m.t.Helper()
	answer := m.call("GET", "/management/v1/flows/"+flow, nil)
	if id, ok := lookup(answer, "$.flow.type.id"); !ok || id != flow {
		m.t.Fatalf("type of flow %s is %v", flow, id)
	}
	present := map[string][]string{}
	list, _ := lookup(answer, "$.flow.triggerActions")
	entries, _ := list.([]any)
	for _, entry := range entries {
		trigger, _ := lookup(entry, "$.triggerType.id")
		actions, ok := lookup(entry, "$.actions")
		if !ok {
			m.t.Fatalf("the tool requires a list of actions in %v", entry)
		}
		for _, action := range actions.([]any) {
			id, _ := lookup(action, "$.id")
			present[trigger.(string)] = append(present[trigger.(string)], id.(string))
		}
	}
	for trigger, names := range triggers {
		var wanted []string
		for _, name := range names {
			wanted = append(wanted, ids[name])
		}
		slices.Sort(wanted)
		have := present[trigger]
		slices.Sort(have)
		if !slices.Equal(wanted, have) {
			m.writes = append(m.writes, "bind "+flow+"/"+trigger)
			m.call("POST", "/management/v1/flows/"+flow+"/trigger/"+trigger, map[string]any{"actionIds": wanted})
		}
	}
}

func TestActionsManagerSync(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		m := &manager{t: t, f: start(t, st)}
		short := "10s"
		actions := map[string]*wantedAction{"addClaim": {Script: "function addClaim() {}"},
			"addTier": {Script: "function addTier() {}", Timeout: &short, AllowedToFail: true}, "old": nil}
		flows := map[string]map[string][]string{"2": {"4": {"addClaim", "addTier"}, "5": {"addTier"}}, "1": {"3": {"addClaim"}}}
		expect := func(what string, want ...string) {
			t.Helper()
			m.sync(actions, flows)
			slices.Sort(m.writes)
			slices.Sort(want)
			if !slices.Equal(m.writes, want) {
				t.Errorf("%s wrote %v, want %v", what, m.writes, want)
			}
			m.writes = nil
		}
		expect("first run", "create addClaim", "create addTier", "bind 2/4", "bind 2/5", "bind 1/3")
		expect("second run")
		actions["addTier"].Script = "function addTier(ctx, api) {}"
		flows["2"]["5"] = []string{"addClaim", "addTier"}
		expect("after a change", "update addTier", "bind 2/5")
		actions["addTier"], flows["2"] = nil, map[string][]string{"4": {"addClaim"}, "5": {"addClaim"}}
		expect("after a removal", "bind 2/4", "bind 2/5", "delete addTier")
		expect("last run")
	})
}

// TestAllOrganizationsLoop pages like famedly's --all-orgs, which ends only
// when result is missing.
func TestAllOrganizationsLoop(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	m := &manager{t: t, f: f}
	f.vars["ownerToken"] = f.vars["iamOwnerToken"]
	var ids []any
	for offset := 0; ; offset += 1 {
		if offset > 5 {
			t.Fatal("the loop does not end")
		}
		answer := m.call("POST", "/v2/organizations/_search", map[string]any{"query": map[string]any{"offset": offset, "limit": 1}})
		list, ok := answer["result"].([]any)
		if !ok {
			break
		}
		id, _ := lookup(list[0], "$.id")
		ids = append(ids, id)
	}
	if !slices.Equal(ids, []any{f.vars["orgId"], f.vars["otherOrgId"]}) {
		t.Errorf("got %v", ids)
	}
}

// TestMergeScript is the way of many published scripts: read the flow, merge,
// write, and take a 400 with No Changes as success.
func TestMergeScript(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	m := &manager{t: t, f: f}
	id := m.call("POST", "/management/v1/actions", map[string]any{"name": "merged", "script": "x"})["id"].(string)
	m.call("POST", "/management/v1/flows/2/trigger/4", map[string]any{"actionIds": []string{id}})
	got, _, err := rest(f, call{method: "POST", path: "/management/v1/flows/2/trigger/4", body: []byte(`{"actionIds":["` + id + `"]}`),
		headers: map[string]string{"Authorization": "Bearer " + f.vars["ownerToken"]}})
	if err != nil || got.status != http.StatusBadRequest || !textMatches("re:No Changes", got.text) {
		t.Errorf("writing the same again: %d %s, %v", got.status, got.text, err)
	}
}
