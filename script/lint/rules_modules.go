package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
)

// modules are the members of what a script can require.
var modules = map[string][]string{
	"zitadel/http": {"fetch"},
	"zitadel/log":  {"log", "info", "debug", "warn", "error"},
	"zitadel/uuid": {"v1", "v3", "v4", "v5", "namespaceDNS", "namespaceURL", "namespaceOID", "namespaceX500"},
	"util":         {"format"},
	"console":      {"log", "info", "debug", "warn", "error"},
}

var moduleHints = map[string]string{
	"get": "use fetch(url)", "post": "use fetch(url, {method: 'POST', body: …})", "put": "use fetch(url, {method: 'PUT', body: …})",
	"request": "use fetch(url, options)", "warning": "use warn", "v7": "use v4",
}

func (c *checker) checkModuleMember(n ast.Node, module, name string) {
	members, ok := modules[module]
	if !ok || slices.Contains(members, name) || slices.Contains(inherited, name) {
		return
	}
	message := fmt.Sprintf("%s has no %s", module, name)
	if hint := moduleHints[name]; hint != "" {
		message += ": " + hint
	}
	c.report("module-member", n, message+".", nil)
}

var responseMembers = []string{"status", "body", "headers", "json", "text"}

func (c *checker) checkResponseMember(n ast.Node, name string) {
	switch {
	case slices.Contains(responseMembers, name), slices.Contains(inherited, name):
	case name == "then", name == "catch", name == "finally":
		c.report("fetch-then", n, "fetch waits for the answer and answers no promise; use the answer directly.", nil)
	case name == "ok":
		c.report("response-member", n, "The answer of fetch has no ok; it is undefined. Compare status.", nil)
	case name == "statusCode":
		c.report("response-member", n, "The answer of fetch has no statusCode; it is undefined. Use status.",
			c.fix("Use status", int(n.Idx1())-len(name), int(n.Idx1()), "status"))
	default:
		c.report("response-member", n, fmt.Sprintf("The answer of fetch has no %s; it is undefined.", name), nil)
	}
}

// globals are names of browsers and Node that the runtime does not have.
var globals = []string{"fetch", "setTimeout", "setInterval", "setImmediate", "clearTimeout", "URL", "URLSearchParams", "Buffer", "btoa", "atob",
	"TextEncoder", "TextDecoder", "crypto", "process", "module", "exports", "window", "document", "XMLHttpRequest", "structuredClone", "Intl", "alert"}

func (c *checker) checkGlobal(x *ast.Identifier) {
	name := x.Name.String()
	if name != "console" && !slices.Contains(globals, name) || !c.isReference(x) || c.declaredAnywhere(name) {
		return
	}
	if u, ok := c.parent(1).(*ast.UnaryExpression); ok && u.Operator.String() == "typeof" || c.guarded(x) {
		return
	}
	if name == "console" {
		c.report("console", x, "ZITADEL has no console: use let logger = require('zitadel/log').", nil)
		return
	}
	c.report("missing-global", x, fmt.Sprintf("%s does not exist in actions; the script ends with a ReferenceError here.", name), nil)
}

// isReference tells the use of a variable from a property's name, a label or
// a declaration.
func (c *checker) isReference(x *ast.Identifier) bool {
	switch p := c.parent(1).(type) {
	case *ast.DotExpression:
		return ast.Node(p.Left) == ast.Node(x)
	case *ast.Binding:
		return ast.Node(p.Initializer) == ast.Node(x)
	case *ast.FunctionLiteral, *ast.ClassLiteral, *ast.LabelledStatement, *ast.BranchStatement, *ast.MetaProperty,
		*ast.ForDeclaration, *ast.CatchStatement, *ast.PropertyShort:
		return false
	case *ast.AssignExpression:
		return ast.Node(p.Right) == ast.Node(x)
	}
	return true
}

// declaredAnywhere errs on the side of silence: a declaration may be hoisted.
func (c *checker) declaredAnywhere(name string) bool {
	if _, ok := c.lookup(name); ok || c.assigned[name] {
		return true
	}
	return slices.ContainsFunc(c.candidates(), func(f candidate) bool { return f.name == name })
}

func (c *checker) checkRequire(call *ast.CallExpression) {
	name, ok := c.requireCall(call)
	if !ok {
		return
	}
	if _, known := modules[name]; known {
		return
	}
	message := fmt.Sprintf("There is no module %q: require throws \"Invalid module\". Known are zitadel/http, zitadel/log and zitadel/uuid.", name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "/") {
		message = "Files cannot be required: require throws \"Invalid module\"."
	}
	c.report("unknown-module", call.ArgumentList[0], message, nil)
}
