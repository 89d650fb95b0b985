package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"flowbench/store"
	"flowbench/store/storetest"
)

// caseFile is the format of testdata/management-api-cases.json, which also
// describes it.
type caseFile struct {
	Groups []struct {
		Group    string     `json:"group"`
		Requires []string   `json:"requires"`
		Cases    []testCase `json:"cases"`
	} `json:"groups"`
	Counts struct{ Groups, Cases int } `json:"counts"`
}

type testCase struct {
	Name    string            `json:"name"`
	RPC     string            `json:"rpc"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
	RawBody *string           `json:"rawBody"`
	Expect  expectation       `json:"expect"`
	Capture map[string]string `json:"capture"`
	Only    []string          `json:"only"` // transports, where it is not all
}

type expectation struct {
	Status      int               `json:"status"`
	StatusIn    []int             `json:"statusIn"`
	Code        int               `json:"code"`
	ErrorID     string            `json:"errorId"`
	Message     string            `json:"message"`
	JSON        any               `json:"json"`
	Exact       any               `json:"exact"`
	Absent      []string          `json:"absent"`
	Headers     map[string]string `json:"headers"`
	NotContains string            `json:"notContains"`
}

func TestManagementAPICases(t *testing.T) { runFile(t, "testdata/management-api-cases.json") }

// runFile runs every group over every transport on every database.
func runFile(t *testing.T, path string) {
	t.Parallel()
	file := readCases(t, path)
	for _, name := range slices.Sorted(maps.Keys(transports)) {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, st *store.Store) { runGroups(t, start(t, st), file, name) })
		})
	}
}

func readCases(t *testing.T, path string) caseFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file caseFile
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	cases := 0
	for _, g := range file.Groups {
		cases += len(g.Cases)
	}
	if len(file.Groups) != file.Counts.Groups || cases != file.Counts.Cases {
		t.Fatalf("%s has %d groups with %d cases, and says %+v", path, len(file.Groups), cases, file.Counts)
	}
	return file
}

func runGroups(t *testing.T, f *fixture, file caseFile, name string) {
	for _, g := range file.Groups {
		t.Run(g.Group, func(t *testing.T) {
			vars := f.fresh()
			for _, needed := range g.Requires {
				if vars[needed] == "" {
					t.Fatalf("the fixture lacks %s", needed)
				}
			}
			for _, c := range g.Cases {
				if len(c.Only) > 0 && !slices.Contains(c.Only, name) {
					continue
				}
				t.Run(c.Name, func(t *testing.T) { runCase(t, f, c, name, vars) })
			}
		})
	}
}

func runCase(t *testing.T, f *fixture, c testCase, name string, vars map[string]string) {
	t.Helper()
	request := call{rpc: c.RPC, method: c.Method, path: substitute(t, c.Path, vars), headers: map[string]string{}}
	for header, value := range c.Headers {
		request.headers[header] = substitute(t, value, vars)
	}
	switch {
	case c.RawBody != nil:
		request.body = []byte(substitute(t, *c.RawBody, vars))
	case len(c.Body) > 0:
		request.body = []byte(substitute(t, string(c.Body), vars))
	}
	got, possible, err := transports[name](f, request)
	if err != nil {
		t.Fatal(err)
	}
	if !possible {
		checkOnlyJSON(t, c)
		return
	}
	check(t, c.Expect, got, vars)
	for variable, path := range c.Capture {
		value, ok := lookup(got.body, path)
		if !ok {
			t.Fatalf("nothing at %s to capture as %s in %s", path, variable, got.text)
		}
		vars[variable] = fmt.Sprint(value)
	}
}

// checkOnlyJSON fails for a case that a binary encoding should have been able
// to express: only faults of JSON and of routing may be left out there.
func checkOnlyJSON(t *testing.T, c testCase) {
	t.Helper()
	decoding := c.Expect.Status == 400 && c.Expect.Code == 3 && c.Expect.ErrorID == ""
	routing := c.RPC == "-" || c.RPC == ""
	if !decoding && !routing {
		t.Errorf("the case cannot be expressed as a message, and is none about decoding or routing")
	}
}

// check compares an answer with what is expected.
func check(t *testing.T, want expectation, got answer, vars map[string]string) {
	t.Helper()
	want = expand(t, want, vars)
	checkStatus(t, want, got)
	if message, _ := lookup(got.body, "$.message"); want.Message != "" && message != want.Message {
		t.Errorf("message %q, want %q", message, want.Message)
	}
	if want.ErrorID != "" {
		checkDetail(t, want, got)
	}
	if want.JSON != nil {
		if err := subset("$", want.JSON, got.body); err != nil {
			t.Errorf("%v in %s", err, got.text)
		}
	}
	if want.Exact != nil {
		if err := same("$", want.Exact, got.body); err != nil {
			t.Errorf("%v in %s", err, got.text)
		}
	}
	for _, path := range want.Absent {
		if value, ok := lookup(got.body, path); ok {
			t.Errorf("%s is %v, want nothing", path, value)
		}
	}
	if want.NotContains != "" && strings.Contains(got.text, want.NotContains) {
		t.Errorf("%q occurs in %s", want.NotContains, got.text)
	}
	if got.status == 0 {
		return
	}
	for name, value := range want.Headers {
		if have := got.header.Get(name); !textMatches(value, have) {
			t.Errorf("header %s is %q, want %q", name, have, value)
		}
	}
}

func checkStatus(t *testing.T, want expectation, got answer) {
	t.Helper()
	if got.status != 0 && want.Status != 0 && got.status != want.Status {
		t.Errorf("status %d, want %d: %s", got.status, want.Status, got.text)
	}
	if got.status != 0 && len(want.StatusIn) > 0 && !slices.Contains(want.StatusIn, got.status) {
		t.Errorf("status %d, want one of %v: %s", got.status, want.StatusIn, got.text)
	}
	if (want.Code != 0 || want.Status == 200) && got.code != want.Code {
		t.Errorf("code %d, want %d: %s", got.code, want.Code, got.text)
	}
}

func checkDetail(t *testing.T, want expectation, got answer) {
	t.Helper()
	message, _ := lookup(got.body, "$.message")
	text, ok := strings.CutSuffix(fmt.Sprint(message), " ("+want.ErrorID+")")
	if !ok {
		t.Errorf("message %q does not end in the id", message)
	}
	wanted := map[string]any{"@type": "type.googleapis.com/zitadel.v1.ErrorDetail", "id": want.ErrorID, "message": text}
	details, _ := lookup(got.body, "$.details")
	if err := subset("$.details", []any{wanted}, details); err != nil {
		t.Errorf("%v in %s", err, got.text)
	}
}

var placeholder = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

// substitute replaces {{name}}, {{repeat:S:N}} and {{inc:name}}. An unknown
// name is a failure.
func substitute(t *testing.T, text string, vars map[string]string) string {
	t.Helper()
	return placeholder.ReplaceAllStringFunc(text, func(match string) string {
		parts := strings.Split(strings.Trim(match, "{}"), ":")
		switch {
		case parts[0] == "repeat" && len(parts) == 3:
			n, err := strconv.Atoi(parts[2])
			if err != nil {
				t.Fatal(err)
			}
			unquoted := parts[1]
			return strings.Repeat(unquoted, n)
		case parts[0] == "inc" && len(parts) == 2:
			number, ok := new(big.Int).SetString(vars[parts[1]], 10)
			if !ok {
				t.Fatalf("{{%s}} is no number", parts[1])
			}
			return number.Add(number, big.NewInt(1)).String()
		}
		value, ok := vars[parts[0]]
		if !ok {
			t.Fatalf("nothing was captured as %s", parts[0])
		}
		return value
	})
}

// expand substitutes in every text of an expectation.
func expand(t *testing.T, want expectation, vars map[string]string) expectation {
	t.Helper()
	want.Message, want.NotContains = substitute(t, want.Message, vars), substitute(t, want.NotContains, vars)
	want.JSON, want.Exact = expandValue(t, want.JSON, vars), expandValue(t, want.Exact, vars)
	return want
}

func expandValue(t *testing.T, value any, vars map[string]string) any {
	t.Helper()
	switch v := value.(type) {
	case string:
		return substitute(t, v, vars)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = expandValue(t, v[i], vars)
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for key := range v {
			object[key] = expandValue(t, v[key], vars)
		}
		return object
	}
	return value
}

// TestScenarios covers the rules of the contract beyond its cases.
func TestScenarios(t *testing.T) { runFile(t, "testdata/scenarios.json") }

func TestOwnAPI(t *testing.T) { runFile(t, "testdata/flowbench.json") }
