package lint

import (
	"fmt"
	"regexp"

	"github.com/dop251/goja/ast"

	"flowbench/models"
)

// candidate is something callable that a name is bound to at top level.
type candidate struct {
	name string
	id   *ast.Identifier
	fn   ast.Node // nil: bound, but not to a function that stands there
}

// candidates lists the top-level bindings in source order.
func (c *checker) candidates() []candidate {
	var list []candidate
	add := func(id *ast.Identifier, fn ast.Node) { list = append(list, candidate{id.Name.String(), id, fn}) }
	for _, s := range c.program.Body {
		switch s := s.(type) {
		case *ast.FunctionDeclaration:
			add(s.Function.Name, s.Function)
		case *ast.VariableStatement:
			addBindings(s.List, add)
		case *ast.LexicalDeclaration:
			addBindings(s.List, add)
		case *ast.ClassDeclaration:
			add(s.Class.Name, nil)
		case *ast.ExpressionStatement:
			addAssignment(s.Expression, add)
		}
	}
	return list
}

func addBindings(bindings []*ast.Binding, add func(*ast.Identifier, ast.Node)) {
	for _, b := range bindings {
		if id, ok := b.Target.(*ast.Identifier); ok {
			add(id, function(b.Initializer))
		}
	}
}

// addAssignment takes globalThis.name = … and name = ….
func addAssignment(e ast.Expression, add func(*ast.Identifier, ast.Node)) {
	a, ok := e.(*ast.AssignExpression)
	if !ok {
		return
	}
	switch left := a.Left.(type) {
	case *ast.Identifier:
		add(left, function(a.Right))
	case *ast.DotExpression:
		if owner, ok := left.Left.(*ast.Identifier); ok && owner.Name == "globalThis" {
			add(&left.Identifier, function(a.Right))
		}
	}
}

func function(e ast.Expression) ast.Node {
	switch e.(type) {
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
		return e
	}
	return nil
}

// findMain finds the action's function: the one of its name, or the only one
// there is, so that a wrong name does not switch off all other rules.
func (c *checker) findMain() {
	var functions []candidate
	for _, f := range c.candidates() {
		if f.fn == nil {
			continue
		}
		if f.name == c.name {
			c.setMain(f.fn)
			return
		}
		functions = append(functions, f)
	}
	if len(functions) == 1 {
		c.setMain(functions[0].fn)
	}
}

func (c *checker) setMain(fn ast.Node) {
	c.main = fn
	for i, p := range parameters(fn) {
		if id, ok := p.Target.(*ast.Identifier); ok && i < 2 {
			c.mainArgs[i] = id.Name.String()
		}
	}
}

func parameters(fn ast.Node) []*ast.Binding {
	switch f := fn.(type) {
	case *ast.FunctionLiteral:
		return f.ParameterList.List
	case *ast.ArrowFunctionLiteral:
		return f.ParameterList.List
	}
	return nil
}

func (c *checker) functionNames() []string {
	var names []string
	for _, f := range c.candidates() {
		if f.fn != nil {
			names = append(names, f.name)
		}
	}
	return names
}

// declareFunctions hoists the functions of a block, so that they shadow what
// is outside.
func (c *checker) declareFunctions(n ast.Node) {
	children(n, func(child ast.Node) {
		if f, ok := child.(*ast.FunctionDeclaration); ok && f.Function.Name != nil {
			c.declare(f.Function.Name.Name.String(), binding{})
		}
	})
}

var identifier = regexp.MustCompile(`^[\p{L}_$][\p{L}\p{N}_$]*$`)

// checkName is the rule function-name.
func (c *checker) checkName() {
	if c.name == "" {
		return
	}
	var functions []candidate
	for _, f := range c.candidates() {
		if f.name == c.name {
			return // also when its value cannot be told here
		}
		if f.fn != nil {
			functions = append(functions, f)
		}
	}
	message := fmt.Sprintf("No function is named %q as the action is: each run would fail with \"function not found\".", c.name)
	if len(functions) != 1 {
		c.reportRange("function-name", 1, 1, message, nil)
		return
	}
	id := functions[0].id
	var fix *models.Fix
	if identifier.MatchString(c.name) {
		fix = c.fix(fmt.Sprintf("Rename the function to %s", c.name), int(id.Idx0()), int(id.Idx1()), c.name)
	}
	c.report("function-name", id, message, fix)
}
