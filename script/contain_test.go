package script

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"flowbench/models"
)

// full reports whether the suite runs at length and prints its tables, as
// make contain asks for.
func full() bool { return os.Getenv("FLOWBENCH_CONTAIN") != "" }

// suiteLimit is the time limit of each attack.
func suiteLimit() time.Duration {
	if full() {
		return time.Second
	}
	return 300 * time.Millisecond
}

// slack is how late an answer may be in an ordinary test run, on a machine
// that does other things.
const slack = 5 * time.Second

const ordinary = `function ordinary(ctx, api) {
  if (globalThis.kept !== undefined || globalThis[Symbol.for('kept')] !== undefined) throw new Error('state was left behind');
  const list = []; list.push(...[1, 2]); require('zitadel/log').log('fine');
  api.v1.claims.setClaim('sum', list.reduce((a, b) => a + b));
}`

func (a attack) action(limit time.Duration) Action {
	source := a.source
	if a.lazy != nil {
		source = a.lazy()
	}
	if source == "" {
		source = "function f(ctx, api) {\n" + a.body + "\n}"
	}
	if a.family == "innocent" {
		limit = MaxInnocent
	}
	return Action{Name: "f", Script: source, Timeout: limit}
}

// MaxInnocent is the limit of runs that must finish: what they test is memory.
const MaxInnocent = 15 * time.Second

func runOne(t *testing.T, e Engine, a Action) models.RunResult {
	t.Helper()
	got, err := e.RunChain(context.Background(), ChainRequest{OrgID: "org", Trigger: models.PreUserinfo, Actions: []Action{a}})
	if err != nil {
		t.Fatal(err)
	}
	return got.Runs[0]
}

func TestContainment(t *testing.T) {
	if !full() {
		t.Parallel()
	}
	var table []string
	for _, a := range attacks {
		t.Run(a.family+"/"+a.name, func(t *testing.T) {
			if !full() {
				t.Parallel()
			}
			row := contained(t, a)
			if full() {
				table = append(table, row)
			}
		})
	}
	if full() {
		fmt.Println("| family | attack | outcome | after the limit | peak memory |\n|---|---|---|---|---|")
		fmt.Println(strings.Join(table, "\n"))
	}
}

// contained runs one attack on an engine of its own and returns the row that
// describes it.
func contained(t *testing.T, a attack) string {
	e, err := New(Options{Workers: 1, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	runOrdinary(t, e)
	peak := watchPeak(e.(*engine))
	action := a.action(suiteLimit())
	start := time.Now()
	run := runOne(t, e, action)
	late := max(0, time.Since(start)-action.Timeout)
	most, bound := peak()
	// With the short limit of an ordinary test run, a busy machine may not get
	// as far as the recursion or the memory.
	tooSlow := !full() && a.family != "innocent" && run.Outcome.Kind == models.OutcomeTimeout
	if !tooSlow && !slices.Contains(a.want, run.Outcome.Kind) {
		t.Errorf("outcome %s (%s), want one of %v", run.Outcome.Kind, run.Outcome.Message, a.want)
	}
	if late > slack {
		t.Errorf("the answer came %s after the limit", late)
	}
	if most > bound {
		t.Errorf("peak memory %d MiB, bound %d MiB", most>>20, bound>>20)
	}
	runOrdinary(t, e)
	return fmt.Sprintf("| %s | %s | %s | %d ms | %d MiB |", a.family, a.name,
		strings.ToLower(strings.TrimPrefix(string(run.Outcome.Kind), "OUTCOME_")), late.Milliseconds(), most>>20)
}

func runOrdinary(t *testing.T, e Engine) {
	t.Helper()
	run := runOne(t, e, Action{Name: "ordinary", Script: ordinary, Timeout: 10 * time.Second})
	if err := judgeOrdinary(run); err != nil {
		t.Fatal(err)
	}
}

func judgeOrdinary(run models.RunResult) error {
	if run.Outcome.Kind != models.OutcomeOK || len(run.Effects) != 1 || string(run.Effects[0].After) != "3" || len(run.Log) != 1 {
		return fmt.Errorf("ordinary run: %+v", run)
	}
	return nil
}
