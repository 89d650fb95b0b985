package vm_test

import (
	"encoding/json"
	"sort"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

// walker logs every path of ctx and api with what a script sees there. Values
// of any shape are not entered, functions without parameters are called.
const walker = `
const log = require('zitadel/log');
function kind(v) {
  if (v === null) return 'null';
  if (Array.isArray(v)) return typeof v.unix === 'function' ? 'time' : (String(v).includes(',') || v.length === 0 || typeof v[0] !== 'number') ? 'array' : 'address';
  if (typeof v === 'object' && typeof v.unixMilli === 'function') return 'time';
  if (v instanceof String) return 'String';
  if (v instanceof Number) return 'Number';
  if (v instanceof Boolean) return 'Boolean';
  return typeof v;
}
function visit(path, v, open) {
  log.log(path + ' ' + kind(v));
  if (open[path] || kind(v) !== 'object') return;
  for (const k of Object.keys(v)) {
    const p = path + '.' + k;
    const m = v[k];
    if (typeof m === 'function' && open[p + '()'] === undefined) { visit(p + '()', m(), open); continue; }
    if (kind(m) === 'array' && m.length > 0 && open[p] === undefined) { log.log(p + ' array'); visit(p + '[]', m[0], open); continue; }
    visit(p, m, open);
  }
}
function t(ctx, api) { const open = OPEN; visit('ctx', ctx, open); visit('api', api, open); }
`

// expected lists what the table says about the paths of a value.
type expected struct {
	kinds    map[string]string
	open     map[string]bool
	optional map[string]bool
}

var seenKinds = map[vm.Kind]string{
	vm.KindString: "string", vm.KindNumber: "number", vm.KindBool: "boolean", vm.KindStringObject: "String",
	vm.KindNumberObject: "Number", vm.KindBoolObject: "Boolean", vm.KindTime: "time", vm.KindAddress: "address",
	vm.KindMap: "object", vm.KindObject: "object", vm.KindRecord: "object", vm.KindArray: "array", vm.KindList: "array", vm.KindUnion: "object",
}

func (e *expected) visit(path string, m vm.Member, provider string, depth int) {
	t := m.Type
	if t.Kind == vm.KindFunc && len(t.Params) == 0 {
		e.visit(path+"()", vm.Member{Type: t.Returns, Nullable: m.Nullable}, provider, depth)
		return
	}
	e.optional[path] = m.Optional
	e.kinds[path] = seenKinds[t.Kind]
	if m.Nullable {
		e.kinds[path] += " null"
	}
	switch t.Kind {
	case vm.KindFunc:
		e.kinds[path] = "function"
		e.open[path+"()"] = true
	case vm.KindMap, vm.KindAny, vm.KindBytes:
		e.open[path] = true
	case vm.KindArray, vm.KindList:
		e.visit(path+"[]", vm.Member{Type: t.Elem}, provider, depth+1)
	case vm.KindUnion:
		for _, a := range t.Alternatives {
			if a.Name == provider {
				e.members(path, a, provider, depth)
			}
		}
	default:
		e.members(path, t, provider, depth)
	}
}

func (e *expected) members(path string, t *vm.Type, provider string, depth int) {
	if depth > 9 {
		return
	}
	for _, m := range t.Members {
		if !m.Hidden {
			e.visit(path+"."+m.Name, m, provider, depth+1)
		}
	}
}

func TestScriptsSeeExactlyWhatTheTableSays(t *testing.T) {
	t.Parallel()
	for _, trigger := range models.Triggers() {
		for _, sample := range vm.Samples(trigger.Slug) {
			t.Run(string(trigger.Slug)+"/"+sample.ID, func(t *testing.T) {
				t.Parallel()
				checkWalk(t, trigger.Slug, sample)
			})
		}
	}
}

func checkWalk(t *testing.T, slug models.Slug, sample vm.SampleContext) {
	provider := "oidc"
	if p, ok := strings.CutPrefix(sample.ID, "provider-"); ok {
		provider = p
	}
	table := vm.TableOf(slug)
	want := expected{kinds: map[string]string{}, open: map[string]bool{}, optional: map[string]bool{}}
	want.members("ctx", table.Ctx, provider, 0)
	want.members("api", table.API, provider, 0)
	open, _ := json.Marshal(want.open)
	h, res := runOn(t, slug, sample.JSON, vm.Job{Name: "t", Script: strings.Replace(walker, "OPEN", string(open), 1)})
	if !res.Outcome.OK() {
		t.Fatal(res.Outcome)
	}
	got := map[string]string{}
	for _, l := range h.lines {
		path, kind, _ := strings.Cut(l.Message, " ")
		got[path] = kind
	}
	delete(got, "ctx")
	delete(got, "api")
	if len(got) < 25 {
		t.Errorf("only %d paths were seen", len(got))
	}
	var unknown, wrong, missing []string
	for path, kind := range got {
		w, ok := want.kinds[path]
		if !ok {
			unknown = append(unknown, path)
		} else if w != "" && !strings.Contains(w, kind) {
			wrong = append(wrong, path+" is "+kind+", want "+w)
		}
	}
	for path := range want.kinds {
		if _, ok := got[path]; !ok && !want.optional[path] && !underAbsent(path, got, want) {
			missing = append(missing, path)
		}
	}
	for name, list := range map[string][]string{"not in the table": unknown, "of another kind": wrong, "not there": missing} {
		sort.Strings(list)
		if len(list) > 0 {
			t.Errorf("%s: %s", name, strings.Join(list, ", "))
		}
	}
}

// underAbsent reports whether a path lies below something that this sample does
// not have: a null, an absent member, an empty list.
func underAbsent(path string, got map[string]string, want expected) bool {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] != '.' && path[i] != '[' {
			continue
		}
		parent := path[:i]
		kind, ok := got[parent]
		if kind == "null" || kind == "array" || kind == "address" || !ok && want.optional[parent] {
			if _, first := got[parent+"[]"]; kind == "array" && first {
				continue
			}
			return true
		}
	}
	return false
}

// runOn runs one job on a context and returns what the host saw.
func runOn(t *testing.T, slug models.Slug, context json.RawMessage, job vm.Job) (*host, vm.Result) {
	t.Helper()
	encoded, err := vm.EncodeContext(slug, context)
	if err != nil {
		t.Fatal(err)
	}
	state := vm.NewState(encoded)
	h := newHost(encoded)
	res := h.run(t, vm.NewRunner(vm.Options{}), state, job)
	h.compare(t, state)
	return h, res
}

func TestEverySampleHasATitleAndIsUnique(t *testing.T) {
	t.Parallel()
	for _, trigger := range models.Triggers() {
		ids := map[string]int{}
		for _, s := range vm.Samples(trigger.Slug) {
			ids[s.ID]++
			if s.Title == "" {
				t.Errorf("%s/%s has no title", trigger.Slug, s.ID)
			}
		}
		if len(ids) < 2 {
			t.Errorf("%s has %d samples", trigger.Slug, len(ids))
		}
		for id, n := range ids {
			if diff := cmp.Diff(1, n); diff != "" {
				t.Errorf("%s/%s (-want +got):\n%s", trigger.Slug, id, diff)
			}
		}
	}
}
