package lint_test

import (
	"testing"

	"flowbench/models"
	"flowbench/script/lint"
)

func rulesOf(r models.CheckResult) map[string]bool {
	found := map[string]bool{}
	for _, p := range r.Problems {
		found[p.Rule] = true
	}
	return found
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, rule := range lint.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			bad := lint.Check("f", rule.Bad, rule.Trigger)
			if !rulesOf(bad)[rule.ID] {
				t.Errorf("bad script: problems %+v, want %s", bad.Problems, rule.ID)
			}
			for _, p := range bad.Problems {
				if p.Line == 0 || p.Column == 0 || p.Message == "" || p.Severity == "" {
					t.Errorf("incomplete problem %+v", p)
				}
			}
			if good := lint.Check("f", rule.Good, rule.Trigger); len(good.Problems) != 0 || !good.Parses {
				t.Errorf("innocent script: problems %+v, want none", good.Problems)
			}
		})
	}
}

func TestCheck_syntax_error_has_its_place(t *testing.T) {
	t.Parallel()
	r := lint.Check("f", "function f(ctx, api) {\n  let a = ;\n}", models.PreUserinfo)
	if r.Parses || len(r.Problems) != 1 || r.Problems[0].Rule != "syntax" || r.Problems[0].Line != 2 || r.Problems[0].Column != 11 {
		t.Errorf("got %+v", r)
	}
}

func TestCheck_rename_fix_replaces_exactly_the_name(t *testing.T) {
	t.Parallel()
	r := lint.Check("wanted", "/* 😀 */ function other(ctx, api) {}", models.PreUserinfo)
	if len(r.Problems) != 1 || r.Problems[0].Fix == nil {
		t.Fatalf("got %+v", r.Problems)
	}
	f := r.Problems[0].Fix
	if f.Line != 1 || f.Column != 19 || f.EndColumn != 24 || f.Text != "wanted" {
		t.Errorf("fix = %+v", f)
	}
	if len(r.Functions) != 1 || r.Functions[0] != "other" {
		t.Errorf("functions = %v", r.Functions)
	}
}
