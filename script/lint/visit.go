package lint

import (
	"github.com/dop251/goja/ast"
)

// visit walks n with scopes and parents kept, and applies the rules.
func (c *checker) visit(n ast.Node) {
	c.check(n)
	c.parents = append(c.parents, n)
	defer func() { c.parents = c.parents[:len(c.parents)-1] }()
	switch x := n.(type) {
	case *ast.FunctionDeclaration:
		c.visit(x.Function)
	case *ast.FunctionLiteral:
		c.visitFunction(x, x.ParameterList, x.Body)
	case *ast.ArrowFunctionLiteral:
		c.visitFunction(x, x.ParameterList, x.Body)
	case *ast.Binding:
		c.visitBinding(x)
	case *ast.ForOfStatement:
		c.visitForOf(x)
	case *ast.ForStatement, *ast.ForInStatement, *ast.WhileStatement, *ast.DoWhileStatement:
		c.inLoop(func() { c.visitScope(x) })
	case *ast.BlockStatement, *ast.CatchStatement, *ast.CaseStatement:
		c.visitScope(x)
	default:
		children(n, c.visit)
	}
}

func (c *checker) visitScope(n ast.Node) {
	c.push()
	defer c.pop()
	if s, ok := n.(*ast.CatchStatement); ok && s.Parameter != nil {
		c.bind(s.Parameter, binding{})
	}
	if s, ok := n.(*ast.ForInStatement); ok {
		c.bindInto(s.Into, binding{})
	}
	c.declareFunctions(n)
	children(n, c.visit)
}

func (c *checker) inLoop(walk func()) {
	c.loops++
	walk()
	c.loops--
}

func (c *checker) visitBinding(x *ast.Binding) {
	if x.Initializer != nil {
		c.visit(x.Initializer)
		c.bind(x.Target, c.resolve(x.Initializer))
		return
	}
	c.bind(x.Target, binding{})
}

func (c *checker) visitForOf(x *ast.ForOfStatement) {
	c.visit(x.Source)
	c.inLoop(func() {
		c.push()
		defer c.pop()
		c.bindInto(x.Into, elementOf(c.resolve(x.Source)))
		c.visit(x.Body)
	})
}

func (c *checker) bindInto(into ast.ForInto, b binding) {
	switch into := into.(type) {
	case *ast.ForDeclaration:
		c.bind(into.Target, b)
	case *ast.ForIntoVar:
		c.bind(into.Binding.Target, b)
	}
}

// visitFunction binds the parameters: of the action's function and of helpers
// that call theirs alike, of callbacks of array methods, otherwise unknown.
func (c *checker) visitFunction(fn ast.Node, params *ast.ParameterList, body ast.Node) {
	c.push()
	defer c.pop()
	outer := c.loops
	element, callback := c.callbackElement(fn)
	if !callback {
		c.loops = 0
	} else {
		c.loops++
	}
	defer func() { c.loops = outer }()
	for i, p := range params.List {
		b := binding{}
		switch {
		case callback && i == 0:
			b = element
		case !callback:
			b = c.argument(fn, i, p.Target)
		}
		if p.Initializer != nil {
			c.visit(p.Initializer)
		}
		c.bind(p.Target, b)
	}
	c.bindUnknown(params.Rest)
	c.declareFunctions(body)
	c.visit(body)
}

// argument is ctx or api for the action's function, and for a helper whose
// parameter has the same name there.
func (c *checker) argument(fn ast.Node, i int, target ast.Node) binding {
	if c.table == nil {
		return binding{}
	}
	name := ""
	if id, ok := target.(*ast.Identifier); ok {
		name = id.Name.String()
	}
	switch {
	case fn == c.main && i == 0, fn != c.main && name != "" && name == c.mainArgs[0]:
		return binding{t: c.table.Ctx, path: "ctx"}
	case fn == c.main && i == 1, fn != c.main && name != "" && name == c.mainArgs[1]:
		return binding{t: c.table.API, path: "api"}
	}
	return binding{}
}

// callbackElement recognises list.forEach(fn) and its like.
func (c *checker) callbackElement(fn ast.Node) (binding, bool) {
	call, ok := c.parent(2).(*ast.CallExpression)
	if !ok || len(call.ArgumentList) == 0 || ast.Node(call.ArgumentList[0]) != fn {
		return binding{}, false
	}
	dot, ok := unwrap(call.Callee).(*ast.DotExpression)
	if !ok {
		return binding{}, false
	}
	switch dot.Identifier.Name.String() {
	case "forEach", "map", "filter", "some", "every", "find", "findIndex", "findLast", "flatMap":
		return elementOf(c.resolve(dot.Left)), true
	}
	return binding{}, false
}
