package lint

import (
	"github.com/dop251/goja/ast"
)

// check applies the rules that begin at one kind of node.
func (c *checker) check(n ast.Node) {
	switch x := n.(type) {
	case *ast.FunctionLiteral:
		c.checkAsync(n, x.Async, x.Generator)
	case *ast.ArrowFunctionLiteral:
		c.checkAsync(n, x.Async, false)
		c.checkConcise(x)
	case *ast.ReturnStatement:
		c.checkReturn(x)
	case *ast.BinaryExpression:
		c.checkBinary(x)
	case *ast.UnaryExpression:
		c.checkUnary(x)
	case *ast.IfStatement:
		c.checkCondition(x.Test)
	case *ast.ConditionalExpression:
		c.checkCondition(x.Test)
	case *ast.SwitchStatement:
		c.checkSwitch(x)
	case *ast.Identifier:
		c.checkGlobal(x)
	case *ast.DotExpression:
		c.checkMember(x, x.Left, x.Identifier.Name.String())
	case *ast.BracketExpression:
		c.checkIndex(x)
	case *ast.CallExpression:
		c.checkCall(x)
	}
}

func (c *checker) checkAsync(n ast.Node, async, generator bool) {
	if n != c.main {
		return
	}
	switch {
	case async:
		c.reportRange("async-function", int(n.Idx0()), int(n.Idx0())+len("async"),
			"An async function answers a promise, so each run fails with \"could not convert [object Promise] to error\".", nil)
	case generator:
		c.reportRange("async-function", int(n.Idx0()), int(n.Idx0())+len("function"),
			"The body of a generator function never starts and each run fails.", nil)
	}
}

// checkConcise looks at (ctx, api) => value.
func (c *checker) checkConcise(x *ast.ArrowFunctionLiteral) {
	if body, ok := x.Body.(*ast.ExpressionBody); ok && ast.Node(x) == c.main && certainValue(body.Expression) {
		c.report("return-value", body.Expression, "The function returns a value, so each run fails. Put the body into braces.", nil)
	}
}

func (c *checker) checkReturn(x *ast.ReturnStatement) {
	if x.Argument == nil || !c.inMain() || !(certainValue(x.Argument) || c.typedValue(x.Argument)) {
		return
	}
	from, to := int(x.Argument.Idx0()), int(x.Argument.Idx1())
	c.reportRange("return-value", from, to, "The function returns a value, so the run fails here with \"could not convert … to error\".",
		c.fix("Return nothing", int(x.Return)+len("return"), to, ""))
}

// inMain reports whether the nearest function around the node is the action's.
func (c *checker) inMain() bool {
	for i := len(c.parents) - 1; i >= 0; i-- {
		switch c.parents[i].(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
			return c.parents[i] == c.main
		}
	}
	return false
}

// certainValue reports expressions that are neither undefined nor null
// whatever happens.
func certainValue(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.BooleanLiteral, *ast.NumberLiteral, *ast.StringLiteral, *ast.TemplateLiteral, *ast.ObjectLiteral,
		*ast.ArrayLiteral, *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.RegExpLiteral, *ast.NewExpression:
		return true
	case *ast.UnaryExpression:
		return e.Operator.String() != "void"
	}
	return false
}

func (c *checker) typedValue(e ast.Expression) bool {
	b := c.resolve(e)
	return b.response || b.t != nil && !b.nullable && primitive[b.t.Kind]
}
