package lint

import (
	"slices"

	"github.com/dop251/goja/ast"

	"flowbench/script/vm"
)

// resolve finds out what an expression stands for.
func (c *checker) resolve(n ast.Node) binding {
	switch x := unwrap(n).(type) {
	case *ast.Identifier:
		b, _ := c.lookup(x.Name.String())
		return b
	case *ast.DotExpression:
		return memberOf(c.resolve(x.Left), x.Identifier.Name.String())
	case *ast.BracketExpression:
		if key, ok := x.Member.(*ast.StringLiteral); ok {
			return memberOf(c.resolve(x.Left), key.Value.String())
		}
		return elementOf(c.resolve(x.Left))
	case *ast.CallExpression:
		return c.resolveCall(x)
	case *ast.AwaitExpression:
		return c.resolve(x.Argument)
	case *ast.BinaryExpression:
		if op := x.Operator.String(); op == "||" || op == "??" {
			b := c.resolve(x.Left)
			b.nullable = false
			return b
		}
	case *ast.AssignExpression:
		return c.resolve(x.Right)
	}
	return binding{}
}

// same are array methods that answer an array of the same elements, one those
// that answer an element.
var (
	same = []string{"filter", "slice", "reverse", "sort", "concat", "toSorted", "toReversed"}
	one  = []string{"find", "findLast", "at", "pop", "shift"}
)

func (c *checker) resolveCall(call *ast.CallExpression) binding {
	if name, ok := c.requireCall(call); ok {
		return binding{module: name, path: name}
	}
	if dot, ok := unwrap(call.Callee).(*ast.DotExpression); ok {
		if owner := c.resolve(dot.Left); owner.t != nil && isArray(owner.t) {
			switch name := dot.Identifier.Name.String(); {
			case slices.Contains(same, name):
				return owner
			case slices.Contains(one, name):
				return elementOf(owner)
			}
			return binding{}
		}
	}
	callee := c.resolve(call.Callee)
	switch {
	case callee.t != nil && callee.t.Kind == vm.KindFunc && callee.t.Returns != nil:
		return binding{t: callee.t.Returns, path: callee.path + "()", nullable: callee.nullable}
	case callee.module == "zitadel/http" && callee.member == "fetch":
		return binding{response: true, path: "the answer of fetch"}
	}
	return binding{}
}

// requireCall recognises require("…") of the runtime's own require.
func (c *checker) requireCall(call *ast.CallExpression) (string, bool) {
	callee, ok := call.Callee.(*ast.Identifier)
	if !ok || callee.Name.String() != "require" || len(call.ArgumentList) != 1 {
		return "", false
	}
	if _, shadowed := c.lookup("require"); shadowed {
		return "", false
	}
	arg, ok := call.ArgumentList[0].(*ast.StringLiteral)
	if !ok {
		return "", false
	}
	return arg.Value.String(), true
}

// memberOf is what owner.name stands for.
func memberOf(owner binding, name string) binding {
	switch {
	case owner.module != "" && owner.member == "":
		return binding{module: owner.module, member: name, path: owner.path + "." + name}
	case owner.t == nil:
		return binding{}
	}
	path := owner.path + "." + name
	switch owner.t.Kind {
	case vm.KindObject, vm.KindRecord:
		if m, ok := owner.t.Member(name); ok {
			return binding{t: m.Type, path: path, nullable: m.Nullable}
		}
	case vm.KindMap:
		return binding{t: owner.t.Elem, path: path}
	case vm.KindUnion:
		return memberOfUnion(owner.t, name, path)
	}
	return binding{}
}

// memberOfUnion knows a member's type only when all alternatives that have the
// member agree on it.
func memberOfUnion(t *vm.Type, name, path string) binding {
	var found *vm.Type
	for _, a := range t.Alternatives {
		m, ok := a.Member(name)
		if !ok {
			continue
		}
		if found != nil && found.Kind != m.Type.Kind {
			return binding{}
		}
		found = m.Type
	}
	if found == nil {
		return binding{}
	}
	return binding{t: found, path: path}
}

// elementOf is what an index or a loop over the value yields.
func elementOf(owner binding) binding {
	if owner.t == nil || owner.t.Elem == nil {
		return binding{}
	}
	return binding{t: owner.t.Elem, path: owner.path + "[…]"}
}

func isArray(t *vm.Type) bool { return t.Kind == vm.KindArray || t.Kind == vm.KindList }

func isWrapper(b binding) bool {
	return b.t != nil && (b.t.Kind == vm.KindStringObject || b.t.Kind == vm.KindNumberObject || b.t.Kind == vm.KindBoolObject)
}
