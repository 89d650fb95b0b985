package main

import (
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
)

// cases stores one case that passes and one that does not, and returns the
// organization.
func (w *workplace) cases() string {
	w.t.Helper()
	var org orgAnswer
	w.json(&org, "org", "create", "--name", "Acme")
	st, err := store.Open(w.t.Context(), "sqlite:"+filepath.Join(w.dir, "flowbench.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer st.Close()
	s := services.New(st, nil, services.Options{})
	ctx := auth.WithPrincipal(context.Background(), auth.Operator(org.ID))
	action, err := s.Actions.Create(ctx, models.ActionInput{Name: "addTier", Script: goodScript})
	if err != nil {
		w.t.Fatal(err)
	}
	for name, want := range map[string]string{"gold": `"gold"`, "silver": `"silver"`} {
		expect := models.Expectation{Effects: []models.ExpectedEffect{{Path: "claims.tier", Value: []byte(want)}}}
		in := models.CaseInput{ActionID: action.ID, Name: name, Trigger: models.PreUserinfo, Expect: expect}
		if _, err := s.Cases.Set(ctx, in); err != nil {
			w.t.Fatal(err)
		}
	}
	return org.ID
}

func TestTestRunsTheStoredCases(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.cases()
	a := w.run("test", "--junit", "report.xml")
	if a.code != exitFailed || !strings.Contains(a.out, "1 passed, 1 failed") || !strings.Contains(a.out, "FAILED  addTier: silver") {
		t.Errorf("for people: %+v", a)
	}
	data, err := os.ReadFile(filepath.Join(w.dir, "report.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var suite junitSuite
	if err := xml.Unmarshal(data, &suite); err != nil || suite.Tests != 2 || suite.Failures != 1 {
		t.Errorf("JUnit: %v in\n%s", err, data)
	}
	if a := w.run("test", "--action", "nothing"); a.code != exitFailed || !strings.Contains(a.err, "There is no action nothing.") {
		t.Errorf("unknown action: %+v", a)
	}
}

func TestTestNeedsAnOrganizationWhereThereAreSeveral(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	org := w.cases()
	w.json(&orgAnswer{}, "org", "create", "--name", "Other")
	if a := w.run("test"); a.code != exitUsage || !strings.Contains(a.err, "there are 2 organizations; name one with --org") {
		t.Errorf("without --org: %+v", a)
	}
	if a := w.run("test", "--org", org, "--json"); a.code != exitFailed || !strings.Contains(a.out, `"failed": 1`) {
		t.Errorf("with --org: %+v", a)
	}
}
