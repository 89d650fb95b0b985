package types

import (
	"fmt"
	"slices"
	"strings"

	"flowbench/models"
	"flowbench/script/vm"
)

// Declarations writes the TypeScript declarations of one trigger: the type
// ActionFn of its function, everything reachable from it, and the modules.
func Declarations(slug models.Slug) string {
	table := vm.TableOf(slug)
	w := &declarations{done: map[string]bool{}}
	var head strings.Builder
	fmt.Fprintf(&head, "// What scripts find at the trigger %s. Generated from the runtime's own table.\n\n", slug)
	head.WriteString("type ActionFn = (ctx: Ctx, api: Api) => void | null;\n\n")
	w.iface("Ctx", table.Ctx)
	w.iface("Api", table.API)
	return head.String() + w.out.String() + moduleDeclarations
}

type declarations struct {
	out  strings.Builder
	done map[string]bool
}

// iface writes one interface and afterwards those it names.
func (w *declarations) iface(name string, t *vm.Type) {
	if w.done[name] {
		return
	}
	w.done[name] = true
	var body strings.Builder
	var later []*vm.Type
	w.members(&body, t, "  ", &later)
	fmt.Fprintf(&w.out, "%sinterface %s {\n%s}\n\n", comment("", t.Doc), name, body.String())
	for _, n := range later {
		w.named(n)
	}
}

func (w *declarations) named(t *vm.Type) {
	switch {
	case t.Kind == vm.KindUnion:
		w.union(t)
	case t.Kind == vm.KindTime || t.Kind == vm.KindAddress:
		if !w.done[t.Name] {
			w.done[t.Name] = true
			w.out.WriteString(builtinDeclarations[t.Kind])
		}
	default:
		w.iface(interfaceName(t), t)
	}
}

// union merges the alternatives: which one a script meets depends on the
// identity provider, so every member may be missing.
func (w *declarations) union(t *vm.Type) {
	if w.done[t.Name] {
		return
	}
	w.done[t.Name] = true
	var later []*vm.Type
	var body strings.Builder
	seen := map[string]bool{}
	for _, m := range mergedMembers(t) {
		if seen[m.Name] {
			continue
		}
		seen[m.Name] = true
		body.WriteString(comment("  ", m.Doc))
		fmt.Fprintf(&body, "  %s?: %s;\n", m.Name, strings.Join(w.alternatives(t, m.Name, &later), " | "))
	}
	fmt.Fprintf(&w.out, "%sinterface %s {\n%s}\n\n", comment("", t.Doc), t.Name, body.String())
	for _, n := range later {
		w.named(n)
	}
}

func mergedMembers(t *vm.Type) []vm.Member {
	var all []vm.Member
	for _, a := range t.Alternatives {
		all = append(all, a.Members...)
	}
	return all
}

func (w *declarations) alternatives(t *vm.Type, name string, later *[]*vm.Type) []string {
	var list []string
	for _, a := range t.Alternatives {
		m, ok := a.Member(name)
		if !ok {
			continue
		}
		text := w.expr(m.Type, later)
		if m.Type.Kind == vm.KindFunc {
			text = "(" + text + ")"
		}
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

func (w *declarations) members(out *strings.Builder, t *vm.Type, indent string, later *[]*vm.Type) {
	for _, m := range t.Members {
		out.WriteString(comment(indent, documentation(m)))
		if m.Type.Kind == vm.KindFunc {
			fmt.Fprintf(out, "%s%s(%s): %s;\n", indent, m.Name, w.params(m.Type.Params, later), w.orNull(m.Type.Returns, false, later))
			continue
		}
		optional := ""
		if m.Optional {
			optional = "?"
		}
		fmt.Fprintf(out, "%s%s%s: ", indent, m.Name, optional)
		if m.Type.Kind == vm.KindObject && m.Type.Name == "" {
			out.WriteString("{\n")
			w.members(out, m.Type, indent+"  ", later)
			fmt.Fprintf(out, "%s};\n", indent)
			continue
		}
		fmt.Fprintf(out, "%s;\n", w.orNull(m.Type, m.Nullable, later))
	}
}

func (w *declarations) orNull(t *vm.Type, nullable bool, later *[]*vm.Type) string {
	text := w.expr(t, later)
	if nullable {
		text += " | null"
	}
	return text
}

var plainTypes = map[vm.Kind]string{vm.KindAny: "any", vm.KindString: "string", vm.KindNumber: "number", vm.KindBool: "boolean",
	vm.KindStringObject: "String", vm.KindNumberObject: "Number", vm.KindBoolObject: "Boolean", vm.KindBytes: "any", vm.KindVoid: "void"}

// expr writes a type; interfaces it names are added to later.
func (w *declarations) expr(t *vm.Type, later *[]*vm.Type) string {
	if t == nil {
		return "void"
	}
	if text, ok := plainTypes[t.Kind]; ok {
		return text
	}
	switch t.Kind {
	case vm.KindArray, vm.KindList:
		return "Array<" + w.expr(t.Elem, later) + ">"
	case vm.KindMap:
		return "{ [name: string]: " + w.expr(t.Elem, later) + " }"
	case vm.KindFunc:
		return "(" + w.params(t.Params, later) + ") => " + w.expr(t.Returns, later)
	case vm.KindObject:
		if t.Name == "" {
			var body strings.Builder
			w.members(&body, t, " ", later)
			return "{" + strings.ReplaceAll(body.String(), "\n", "") + " }"
		}
	}
	*later = append(*later, t)
	return interfaceName(t)
}

func (w *declarations) params(params []vm.Param, later *[]*vm.Type) string {
	var list []string
	for _, p := range params {
		text := p.Name
		switch {
		case p.Rest:
			list = append(list, "..."+text+": Array<"+w.expr(p.Type, later)+">")
			continue
		case p.Optional:
			text += "?"
		}
		list = append(list, text+": "+w.expr(p.Type, later))
	}
	return strings.Join(list, ", ")
}

// interfaceName gives the providers' records, whose names are lower case in
// contexts, the form of an interface.
func interfaceName(t *vm.Type) string {
	return strings.ToUpper(t.Name[:1]) + t.Name[1:]
}

func documentation(m vm.Member) string {
	doc := m.Doc
	if m.Type.Values != "" {
		doc += " Values: " + m.Type.Values + "."
	}
	if m.Effect != "" {
		doc += " Effect: " + m.Effect
	}
	if m.Old {
		doc += " @deprecated"
	}
	return doc
}

func comment(indent, doc string) string {
	if doc == "" {
		return ""
	}
	return indent + "/** " + strings.ReplaceAll(doc, "*/", "* /") + " */\n"
}
