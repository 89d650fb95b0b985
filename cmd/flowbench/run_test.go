package main

import (
	"encoding/json"
	"strings"
	"testing"

	"flowbench/models"
)

const goodScript = `let logger = require('zitadel/log');
function addTier(ctx, api) {
  logger.log('adding');
  api.v1.claims.setClaim('tier', 'gold');
}
`

func TestRunShowsWhatAScriptDoes(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.write("addTier.js", goodScript)
	var r models.RunResult
	w.json(&r, "run", "addTier.js", "--trigger", "pre-userinfo")
	if r.Outcome.Kind != models.OutcomeOK || r.Action.Name != "addTier" || r.Trigger != models.PreUserinfo || r.Source != models.RunSourceTest {
		t.Errorf("run: %+v", r)
	}
	if len(r.Effects) != 1 || r.Effects[0].Path != "claims.tier" || string(r.Effects[0].After) != `"gold"` || r.Effects[0].Line != 4 {
		t.Errorf("effects: %+v", r.Effects)
	}
	if len(r.Log) != 1 || r.Log[0].Message != "adding" {
		t.Errorf("log: %+v", r.Log)
	}
	a := w.run("run", "addTier.js", "--trigger", "pre-userinfo")
	if !strings.Contains(a.out, `line 4: claims.tier (nothing) -> "gold"`) || !strings.Contains(a.out, "log info adding") {
		t.Errorf("for people:\n%s", a.out)
	}
	if a := w.run("org", "list"); strings.Contains(a.out, "addTier") || a.code != exitDone {
		t.Errorf("a run leaves something behind: %+v", a)
	}
}

func TestRunFailsWithTheScript(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.write("boom.js", "function boom(ctx, api) {\n  ctx.v1.missing.member;\n}\n")
	a := w.run("run", "boom.js", "--trigger", "pre-userinfo", "--json")
	var r models.RunResult
	if err := json.Unmarshal([]byte(a.out), &r); err != nil {
		t.Fatalf("%v in %+v", err, a)
	}
	if a.code != exitFailed || r.Outcome.Kind != models.OutcomeException || r.Outcome.Line != 2 || a.err != "" {
		t.Errorf("exit code %d, outcome %+v, standard error %q", a.code, r.Outcome, a.err)
	}
	if a := w.run("run", "boom.js", "--trigger", "pre-userinfo", "--allowed-to-fail"); a.code != exitDone {
		t.Errorf("allowed to fail: %+v", a)
	}
}

func TestRunTakesContextNameAndTimeout(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.write("script.js", "function pick(ctx, api) {\n  api.v1.claims.setClaim('seen', ctx.v1.claims.color);\n}\n")
	w.write("loop.js", "function loop() { for (;;); }\n")
	w.write("context.json", `{"ctx": {"v1": {"claims": {"color": "red"}}}}`)
	var r models.RunResult
	w.json(&r, "run", "script.js", "--name", "pick", "--trigger", "pre-userinfo", "--context", "context.json")
	if len(r.Effects) != 1 || string(r.Effects[0].After) != `"red"` {
		t.Errorf("effects: %+v", r.Effects)
	}
	if a := w.run("run", "loop.js", "--trigger", "pre-userinfo", "--timeout", "100ms", "--json"); a.code != exitFailed || !strings.Contains(a.out, "OUTCOME_TIMEOUT") {
		t.Errorf("loop: %+v", a)
	}
	if a := w.run("run", "loop.js", "--trigger", "pre-userinfo", "--timeout", "21s"); a.code != exitUsage {
		t.Errorf("timeout over the limit: %+v", a)
	}
}

func TestCheckListsProblems(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.write("addTier.js", goodScript)
	w.write("broken.js", "function broken(ctx, api) {\n  let = ;\n}\n")
	var good checkAnswer
	w.json(&good, "check", "addTier.js", "--trigger", "pre-userinfo")
	if good.Problems == nil || len(good.Problems) != 0 {
		t.Errorf("good script: %+v", good)
	}
	a := w.run("check", "broken.js", "--trigger", "pre-userinfo", "--json")
	var bad checkAnswer
	if err := json.Unmarshal([]byte(a.out), &bad); err != nil {
		t.Fatalf("%v in %+v", err, a)
	}
	if a.code != exitFailed || len(bad.Problems) == 0 || bad.Problems[0].Line != 2 {
		t.Errorf("broken script: exit code %d, %+v", a.code, bad)
	}
	if a := w.run("check", "broken.js", "--trigger", "pre-userinfo"); !strings.HasPrefix(a.out, "broken.js:2:") {
		t.Errorf("for people: %+v", a)
	}
}
