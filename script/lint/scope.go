package lint

import (
	"github.com/dop251/goja/ast"

	"flowbench/script/vm"
)

// binding is what is known of a value: a type of the trigger's table, a module,
// or nothing. The zero value is unknown.
type binding struct {
	t        *vm.Type
	path     string // as a reader would write it: ctx.v1.user.grants
	module   string // require's argument
	member   string // function of a module: fetch
	response bool   // answer of fetch
	nullable bool
}

func (c *checker) push() { c.scopes = append(c.scopes, map[string]binding{}) }
func (c *checker) pop()  { c.scopes = c.scopes[:len(c.scopes)-1] }

// declare binds a name in the innermost scope. A name that gets another value
// somewhere is not trusted.
func (c *checker) declare(name string, b binding) {
	if c.assigned[name] {
		b = binding{}
	}
	c.scopes[len(c.scopes)-1][name] = b
}

// lookup finds a name; found is false for globals.
func (c *checker) lookup(name string) (b binding, found bool) {
	for i := len(c.scopes) - 1; i >= 0; i-- {
		if b, found = c.scopes[i][name]; found {
			return b, true
		}
	}
	return binding{}, false
}

// bind declares what a binding target takes out of a value.
func (c *checker) bind(target ast.Node, b binding) {
	switch t := target.(type) {
	case *ast.Identifier:
		c.declare(t.Name.String(), b)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			c.bindProperty(p, b)
		}
		c.bindUnknown(t.Rest)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			if e != nil {
				c.bind(e, elementOf(b))
			}
		}
		c.bindUnknown(t.Rest)
	case *ast.Binding:
		c.bind(t.Target, b)
	case *ast.AssignExpression: // a default value inside a pattern
		c.bind(t.Left, b)
	}
}

func (c *checker) bindUnknown(target ast.Expression) {
	if target != nil {
		c.bind(target, binding{})
	}
}

func (c *checker) bindProperty(p ast.Property, b binding) {
	switch p := p.(type) {
	case *ast.PropertyShort:
		name := p.Name.Name.String()
		c.declare(name, memberOf(b, name))
	case *ast.PropertyKeyed:
		if key, ok := p.Key.(*ast.StringLiteral); ok && !p.Computed {
			c.bind(p.Value, memberOf(b, key.Value.String()))
			return
		}
		c.bind(p.Value, binding{})
	}
}

// collect notes which names are assigned and which members are written, before
// anything is resolved.
func (c *checker) collect(n ast.Node) {
	switch x := n.(type) {
	case *ast.AssignExpression:
		c.noteTarget(x.Left)
	case *ast.UnaryExpression:
		if x.Operator.String() == "++" || x.Operator.String() == "--" {
			c.noteTarget(x.Operand)
		}
	case *ast.ForIntoExpression:
		c.noteTarget(x.Expression)
	}
	children(n, c.collect)
}

func (c *checker) noteTarget(n ast.Node) {
	switch x := unwrap(n).(type) {
	case *ast.Identifier:
		c.assigned[x.Name.String()] = true
	case *ast.DotExpression:
		c.written[x.Identifier.Name.String()] = true
	case *ast.BracketExpression:
		if key, ok := x.Member.(*ast.StringLiteral); ok {
			c.written[key.Value.String()] = true
		}
	case *ast.ObjectPattern, *ast.ArrayPattern:
		children(x, func(child ast.Node) { c.noteTarget(child) })
	case *ast.PropertyKeyed:
		c.noteTarget(x.Value)
	case *ast.PropertyShort:
		c.assigned[x.Name.Name.String()] = true
	}
}
