package types

import (
	"strings"

	"flowbench/models"
	"flowbench/script/vm"
)

// Completion is one member that an editor can offer. Path is what stands
// before it: "ctx.v1", "api.v1.claims", "ctx.v1.getUser()", "[]" for an
// element of a list.
type Completion struct {
	Path   string `json:"path"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`   // "function" or "property"
	Detail string `json:"detail"` // the type
	Doc    string `json:"doc,omitempty"`
	Effect string `json:"effect,omitempty"`
}

// maxDepth ends types that contain themselves, as the actor does.
const maxDepth = 8

// Completions lists everything reachable from ctx and api at one trigger.
func Completions(slug models.Slug) []Completion {
	table := vm.TableOf(slug)
	if table == nil {
		return nil
	}
	var list []Completion
	walk(&list, "ctx", table.Ctx, 0)
	walk(&list, "api", table.API, 0)
	return list
}

func walk(list *[]Completion, path string, t *vm.Type, depth int) {
	if t == nil || depth > maxDepth {
		return
	}
	switch t.Kind {
	case vm.KindObject, vm.KindRecord:
		for _, m := range t.Members {
			if !m.Hidden {
				add(list, path, m)
				walk(list, path+"."+m.Name+call(m.Type), target(m.Type), depth+1)
			}
		}
	case vm.KindUnion:
		seen := map[string]bool{}
		for _, m := range mergedMembers(t) {
			if !m.Hidden && !seen[m.Name] {
				seen[m.Name] = true
				add(list, path, m)
				walk(list, path+"."+m.Name+call(m.Type), target(m.Type), depth+1)
			}
		}
	case vm.KindArray, vm.KindList:
		walk(list, path+"[]", t.Elem, depth+1)
	}
}

func add(list *[]Completion, path string, m vm.Member) {
	kind := "property"
	if m.Type.Kind == vm.KindFunc {
		kind = "function"
	}
	*list = append(*list, Completion{Path: path, Name: m.Name, Kind: kind, Detail: Detail(m), Doc: m.Doc, Effect: m.Effect})
}

func call(t *vm.Type) string {
	if t.Kind == vm.KindFunc {
		return "()"
	}
	return ""
}

func target(t *vm.Type) *vm.Type {
	if t.Kind == vm.KindFunc {
		return t.Returns
	}
	return t
}

// Detail writes a member's type in one line.
func Detail(m vm.Member) string {
	var later []*vm.Type
	text := (&declarations{}).orNull(m.Type, m.Nullable, &later)
	if len(text) > 80 {
		text = strings.TrimSpace(text[:77]) + "…"
	}
	return text
}
