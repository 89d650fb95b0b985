package vm_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected results of the actions in testdata")

// recorded is what a run of an action in testdata is expected to do.
type recorded struct {
	Outcome models.Outcome
	Effects []models.Effect
	Log     []string
	Result  models.ChainOutcome
}

// TestPublishedStyles runs actions written the way people write them, each
// with the effects that it must have.
func TestPublishedStyles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/actions/*/*.js")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 30 {
		t.Fatalf("%d actions, want at least 30", len(files))
	}
	seen := map[models.Slug]bool{}
	for _, file := range files {
		slug := models.Slug(filepath.Base(filepath.Dir(file)))
		seen[slug] = true
		t.Run(strings.TrimSuffix(file, ".js"), func(t *testing.T) {
			t.Parallel()
			checkAction(t, slug, file)
		})
	}
	for _, trigger := range models.Triggers() {
		if !seen[trigger.Slug] {
			t.Errorf("no action for %s", trigger.Slug)
		}
	}
}

func checkAction(t *testing.T, slug models.Slug, file string) {
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := vm.EncodeContext(slug, sampleFor(t, slug, string(source)))
	if err != nil {
		t.Fatal(err)
	}
	state := vm.NewState(encoded)
	h := newHost(encoded)
	h.fetch = cannedAnswers
	name := strings.TrimSuffix(filepath.Base(file), ".js")
	res := h.run(t, vm.NewRunner(vm.Options{}), state, vm.Job{Name: name, Script: string(source)})
	h.compare(t, state)
	got := recorded{Outcome: res.Outcome, Effects: h.effects, Result: vm.Finish(h.mirror)}
	for _, l := range h.lines {
		got.Log = append(got.Log, string(l.Level)+" "+l.Message)
	}
	golden := strings.TrimSuffix(file, ".js") + ".json"
	text, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// sampleFor reads the sample that the first line of an action asks for.
func sampleFor(t *testing.T, slug models.Slug, source string) json.RawMessage {
	t.Helper()
	id, ok := strings.CutPrefix(source, "// sample: ")
	if !ok {
		return nil
	}
	id, _, _ = strings.Cut(id, "\n")
	for _, s := range vm.Samples(slug) {
		if s.ID == id {
			return s.JSON
		}
	}
	t.Fatalf("%s has no sample %q", slug, id)
	return nil
}

// cannedAnswers stands for the systems that the actions ask.
func cannedAnswers(_ context.Context, r vm.FetchRequest) (vm.FetchResponse, error) {
	if strings.HasPrefix(r.URL, "https://crm.example/") {
		return vm.FetchResponse{Status: 200, Header: map[string][]string{"Content-Type": {"application/json"}},
			Body: []byte(`{"id":"c-17","tags":["gold","eu"],"asked":true}`)}, nil
	}
	return vm.FetchResponse{}, errors.New(`Get "` + r.URL + `": dial tcp: connection refused`)
}
