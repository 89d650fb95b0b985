package types_test

import (
	"os"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/script/types"
)

func TestFiles_are_what_the_table_says(t *testing.T) {
	t.Parallel()
	for _, trigger := range models.Triggers() {
		got, err := types.File(trigger.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != types.Declarations(trigger.Slug) {
			t.Errorf("%s.d.ts is not current: run go generate ./script/types", trigger.Slug)
		}
	}
}

func TestReference_is_what_the_table_says(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/scripting.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := types.Splice(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Error("docs/scripting.md is not current: run go generate ./script/types")
	}
}

func TestCompletions_reach_into_calls_and_lists(t *testing.T) {
	t.Parallel()
	found := map[string]types.Completion{}
	for _, c := range types.Completions(models.PreUserinfo) {
		found[c.Path+"."+c.Name] = c
	}
	for _, path := range []string{"ctx.v1.getUser", "ctx.v1.getUser().human", "ctx.v1.user.grants.grants[].roles", "api.v1.claims.setClaim"} {
		if _, ok := found[path]; !ok {
			t.Errorf("%s is missing", path)
		}
	}
	if c := found["api.v1.claims.setClaim"]; c.Kind != "function" || c.Effect == "" || !strings.Contains(c.Detail, "key: string") {
		t.Errorf("setClaim = %+v", c)
	}
}
