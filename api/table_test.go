package api

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"connectrpc.com/connect"

	"flowbench/auth"
	"flowbench/models"
)

// TestEveryRuleHasAnAnswer reads the rules from their source, so that a new
// one cannot be forgotten.
func TestEveryRuleHasAnAnswer(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../models/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rules := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Rule") {
			return true
		}
		literal, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		rule, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		rules++
		if _, ok := problemIndex[problemKey{"", models.Rule(rule)}]; !ok {
			t.Errorf("%s has no row in the error table", spec.Names[0].Name)
		}
		return true
	})
	if rules < 40 {
		t.Errorf("found only %d rules", rules)
	}
}

func TestProblemIDsAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]problem{}
	for _, p := range problems {
		if before, ok := seen[p.ID]; ok && p.ID != "" {
			t.Errorf("%s is the id of %v and of %v", p.ID, before, p)
		}
		seen[p.ID] = p
		if p.Method != "" && !knownMethod(p.Method) {
			t.Errorf("%s is no method", p.Method)
		}
	}
	if len(problemIndex) != len(problems) {
		t.Errorf("%d rows for %d keys: a row repeats another", len(problems), len(problemIndex))
	}
}

func knownMethod(name string) bool {
	for _, m := range methods {
		if m.name == name {
			return true
		}
	}
	return false
}

// untranslated are the keys that ZITADEL has no text for.
var untranslated = map[string]bool{"Errors.Action.AlreadyExists": true, "Errors.NotFound": true, "Errors.Token.Invalid": true}

func TestTextsAreComplete(t *testing.T) {
	t.Parallel()
	for key := range texts["en"] {
		if _, ok := texts["de"][key]; !ok {
			t.Errorf("%s has no German text", key)
		}
	}
	for key := range texts["de"] {
		if _, ok := texts["en"][key]; !ok {
			t.Errorf("%s has no English text", key)
		}
	}
	for _, p := range problems {
		isKey := !strings.Contains(p.Text, " ")
		if _, ok := texts["en"][p.Text]; isKey && ok == untranslated[p.Text] {
			t.Errorf("text %s: present %v", p.Text, ok)
		}
	}
}

func TestEveryMethodSaysWhoMayCallIt(t *testing.T) {
	t.Parallel()
	open := map[string]bool{"RunTrigger": true, "RunJourney": true, "ListTriggers": true, "ListTokens": true,
		"CreateToken": true, "RevokeToken": true, "ListOrganizations": true}
	known := map[auth.Permission]bool{}
	for _, p := range auth.PermissionsOf([]string{string(auth.RoleIAMOwner)}) {
		known[p] = true
	}
	for procedure, m := range methods {
		switch {
		case m.public != (m.name == "Healthz"):
			t.Errorf("%s: public is %v", procedure, m.public)
		case m.permission == "" && !m.public && !open[m.name]:
			t.Errorf("%s has no permission", procedure)
		case m.permission != "" && !known[m.permission]:
			t.Errorf("%s: nobody holds %s", procedure, m.permission)
		}
	}
}

func TestWireError(t *testing.T) {
	t.Parallel()
	ctx := withLanguage(context.Background(), "")
	tests := map[string]struct {
		err  error
		code connect.Code
		text string
	}{
		"internal_is_neutral":       {errors.New("disk full at /secret"), connect.CodeInternal, "An internal error occurred (FLOWB-Int1e)"},
		"cancelled_by_the_caller":   {context.Canceled, connect.CodeCanceled, "context canceled"},
		"deadline":                  {context.DeadlineExceeded, connect.CodeDeadlineExceeded, "context deadline exceeded"},
		"busy_database":             {&models.Error{Kind: models.KindUnavailable, Rule: models.RuleDatabaseBusy}, connect.CodeUnavailable, "The database is busy, try again in a moment (FLOWB-Dat1b)"},
		"wrapped":                   {errors.Join(errors.New("load"), models.NotFound(models.RuleRunNotFound, "")), connect.CodeNotFound, "Run not found (FLOWB-Run1n)"},
		"rule_without_a_row":        {models.Invalid("new_rule", "f", "Something is wrong."), connect.CodeInvalidArgument, "Something is wrong. (FLOWB-new_rule)"},
		"internal_kind_hides_cause": {&models.Error{Kind: models.KindInternal, Message: "secret"}, connect.CodeInternal, "An internal error occurred (FLOWB-Int1e)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := wireError(ctx, method{name: "GetAction"}, test.err)
			if got.Code() != test.code || got.Message() != test.text {
				t.Errorf("got %v %q, want %v %q", got.Code(), got.Message(), test.code, test.text)
			}
		})
	}
}
