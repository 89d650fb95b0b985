package vm_test

import (
	"fmt"
	"strings"

	"flowbench/models"
	"flowbench/script/vm"
)

// grammar writes scripts from a list of choices: statements and expressions
// around everything that ctx and api offer.
type grammar struct {
	choices []byte
	paths   []string // expressions that exist in the trigger
	calls   []string // functions of the interface
	out     strings.Builder
	depth   int
}

func newGrammar(slug models.Slug, choices []byte) *grammar {
	g := &grammar{choices: choices}
	table := vm.TableOf(slug)
	g.collect("ctx", table.Ctx, 0)
	g.collect("api", table.API, 0)
	return g
}

func (g *grammar) collect(path string, t *vm.Type, depth int) {
	if depth > 5 {
		return
	}
	for _, m := range t.Members {
		p := path + "." + m.Name
		if m.Type.Kind == vm.KindFunc {
			if len(m.Type.Params) > 0 {
				g.calls = append(g.calls, p)
				continue
			}
			p += "()"
			g.paths = append(g.paths, p)
			g.collect(p, m.Type.Returns, depth+1)
			continue
		}
		g.paths = append(g.paths, p)
		g.collect(p, m.Type, depth+1)
	}
}

// next picks one of n; when the choices are used up it is always the first.
func (g *grammar) next(n int) int {
	if len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	return c % n
}

func (g *grammar) pick(list ...string) string { return list[g.next(len(list))] }

func (g *grammar) script() string {
	g.out.WriteString(g.pick("", "'use strict';\n", "const log = require('zitadel/log');\n", "const {fetch} = require('zitadel/http');\n", "Object.prototype.extra = 1;\n", "Array.prototype.push = function () { return 1 };\n"))
	g.out.WriteString(g.pick("function", "function", "function", "async function", "function*") + " t(ctx, api) {\n  let a = 1, b = [], c = {};\n")
	for len(g.choices) > 0 && g.out.Len() < 4000 {
		g.out.WriteString("  " + g.statement() + "\n")
	}
	return g.out.String() + "}"
}

func (g *grammar) statement() string {
	if g.depth++; g.depth > 4 {
		g.depth--
		return "a = " + g.pick("1", "b", "c") + ";"
	}
	defer func() { g.depth-- }()
	switch g.next(13) {
	case 0, 1, 2:
		return g.call() + ";"
	case 3:
		return g.pick("a", "b", "c", "c.x", "b[0]", g.path(), g.path()+".x") + " = " + g.expr() + ";"
	case 4:
		return "try { " + g.statement() + " } catch (e) { c = e; " + g.statement() + " } finally { " + g.statement() + " }"
	case 5:
		return "for (const x of " + g.pick("b", "[1, 2]", "Object.keys("+g.path()+" ?? {})") + ") { a = x; " + g.statement() + " }"
	case 6:
		return "if (" + g.expr() + ") { " + g.statement() + " } else { " + g.statement() + " }"
	case 7:
		return "delete " + g.path() + ";"
	case 8:
		return g.pick("Object.freeze", "Object.keys", "JSON.stringify", "Object.entries", "Object.getOwnPropertyDescriptors", "Object.preventExtensions", "Reflect.ownKeys", "String") + "(" + g.expr() + ");"
	case 9:
		return "Promise.resolve(" + g.expr() + ").then(x => { " + g.statement() + " });"
	case 10:
		return g.pick("throw ", "return ", "b.push(", "b.unshift(") + g.closing(g.expr())
	case 11:
		return g.pick("api.metadata", "api.userGrants", "b") + "." + g.pick("push", "splice", "pop", "sort", "reverse", "unshift", "concat", "copyWithin") + "(" + g.expr() + ");"
	}
	return "for (let i = 0; i < 3; i++) { " + g.statement() + " }"
}

// closing ends the statement that the last pick began.
func (g *grammar) closing(expr string) string {
	return expr + g.pick(";", ")", ");")
}

func (g *grammar) path() string {
	return g.paths[g.next(len(g.paths))]
}

func (g *grammar) call() string {
	f := g.calls[g.next(len(g.calls))]
	args := make([]string, g.next(4))
	for i := range args {
		args[i] = g.expr()
	}
	return f + "(" + strings.Join(args, ", ") + ")"
}

func (g *grammar) expr() string {
	if g.depth++; g.depth > 5 {
		g.depth--
		return "1"
	}
	defer func() { g.depth-- }()
	switch g.next(14) {
	case 0, 1:
		return g.path()
	case 2:
		return g.pick("'k'", "''", "'urn:zitadel:iam:x'", "'email'", "'\\ud800'", "`t${a}`", "'__proto__'", "'constructor'")
	case 3:
		return g.pick("1", "-0", "0.5", "NaN", "undefined", "null", "true", "1e21", "10n")
	case 4:
		return "[" + g.expr() + ", " + g.expr() + "]"
	case 5:
		return fmt.Sprintf("({%s: %s, get y() { return %s }, toString() { return %s }})", g.pick("a", "key", "value", "projectId", "roles", "toJSON", "__proto__"), g.expr(), g.expr(), g.expr())
	case 6:
		return "(c.self = c)"
	case 7:
		return "new " + g.pick("Map([[1, 2]])", "Set([1])", "Date(0)", "Uint8Array([1, 2])", "String('s')", "Proxy(c, {})", "Error('e')", "Proxy(b, {get() { return 1 }})", "Boolean(false)", "Date('x')")
	case 8:
		return g.pick("() => 1", "function () {}", "Symbol('s')", "class {}", "/x/g", "async () => { throw 1 }", "(function* () { yield 1 })()")
	case 9:
		return g.call()
	case 10:
		return "(" + g.expr() + " " + g.pick("==", "===", "+", "in", "instanceof", "??", "&&", "<") + " " + g.expr() + ")"
	case 11:
		return "typeof " + g.expr()
	case 12:
		return g.path() + "?." + g.pick("toString()", "x", "toJSON?.()", "constructor", "valueOf()", "map?.(x => x)", "hasOwnProperty?.('a')")
	}
	return g.pick("a", "b", "c", "ctx", "api", "globalThis", "arguments", "require('zitadel/uuid').v4()", "require('util').format('%s %d %j %', 1)", "{...c}")
}
