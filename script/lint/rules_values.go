package lint

import (
	"fmt"

	"github.com/dop251/goja/ast"

	"flowbench/script/vm"
)

// primitive are the kinds whose values are always there.
var primitive = map[vm.Kind]bool{vm.KindString: true, vm.KindNumber: true, vm.KindBool: true,
	vm.KindStringObject: true, vm.KindNumberObject: true, vm.KindBoolObject: true}

var wrapperNames = map[vm.Kind]string{vm.KindStringObject: "String", vm.KindNumberObject: "Number", vm.KindBoolObject: "Boolean"}

func (c *checker) checkBinary(x *ast.BinaryExpression) {
	switch op := x.Operator.String(); op {
	case "===", "!==":
		c.checkStrictEqual(x, op)
	case "&&", "||":
		c.checkCondition(x.Left)
	}
}

func (c *checker) checkStrictEqual(x *ast.BinaryExpression, op string) {
	if c.checkTypeof(x, x.Left, x.Right) || c.checkTypeof(x, x.Right, x.Left) {
		return
	}
	left, right := c.resolve(x.Left), c.resolve(x.Right)
	fix := c.operatorFix(x, op)
	switch {
	case isWrapper(left) && !isNullish(x.Right), isWrapper(right) && !isNullish(x.Left):
		b := left
		if !isWrapper(b) {
			b = right
		}
		c.report("object-compare", x, fmt.Sprintf("%s is a %s object: %s compares identity and never matches a value. Use %s.",
			b.path, wrapperNames[b.t.Kind], op, op[:2]), fix)
	case left.nullable && isUndefined(x.Right), right.nullable && isUndefined(x.Left):
		c.report("null-compare", x, "This is null when it is absent, never undefined, so the comparison does not catch it. Use "+op[:2]+" null.", fix)
	}
}

// operatorFix replaces === by ==. The parser keeps no position of the
// operator, so it is looked for between the operands.
func (c *checker) operatorFix(x *ast.BinaryExpression, op string) (fix *fixType) {
	from, to := int(x.Left.Idx1()), int(x.Right.Idx0())
	between := c.text.slice(from, to)
	for i := 0; i+len(op) <= len(between); i++ {
		if between[i:i+len(op)] == op {
			return c.fix("Compare with "+op[:2], from+i, from+i+len(op), op[:2])
		}
	}
	return nil
}

// checkTypeof recognises typeof x === "text".
func (c *checker) checkTypeof(x *ast.BinaryExpression, side, other ast.Expression) bool {
	u, ok := side.(*ast.UnaryExpression)
	if !ok || u.Operator.String() != "typeof" {
		return false
	}
	want, ok := other.(*ast.StringLiteral)
	if !ok {
		return false
	}
	b := c.resolve(u.Operand)
	switch {
	case isWrapper(b) && want.Value.String() != "object":
		c.report("object-typeof", x, fmt.Sprintf("%s is a %s object: typeof says \"object\".", b.path, wrapperNames[b.t.Kind]), nil)
	case b.nullable && want.Value.String() == "undefined":
		c.report("null-compare", x, fmt.Sprintf("%s is null when it is absent: typeof says \"object\", never \"undefined\".", b.path), nil)
	}
	return true
}

func (c *checker) checkUnary(x *ast.UnaryExpression) {
	if x.Operator.String() == "!" {
		c.checkCondition(x.Operand)
	}
}

// checkCondition looks at a value that is taken for true or false.
func (c *checker) checkCondition(e ast.Expression) {
	b := c.resolve(e)
	if !isWrapper(b) {
		return
	}
	hint := fmt.Sprintf("compare it, or convert it with %s(…)", wrapperNames[b.t.Kind])
	if b.t.Kind == vm.KindBoolObject {
		hint = "use isEmailVerified() or isPhoneVerified(), or compare with == true"
	}
	c.report("object-truthy", e, fmt.Sprintf("%s is a %s object and always true, even when it is empty: %s.", b.path, wrapperNames[b.t.Kind], hint), nil)
}

func (c *checker) checkSwitch(x *ast.SwitchStatement) {
	if b := c.resolve(x.Discriminant); isWrapper(b) {
		name := wrapperNames[b.t.Kind]
		from, to := int(x.Discriminant.Idx0()), int(x.Discriminant.Idx1())
		c.report("object-switch", x.Discriminant, fmt.Sprintf("%s is a %s object: switch compares with ===, so no case matches.", b.path, name),
			c.fix(fmt.Sprintf("Convert with %s(…)", name), from, to, fmt.Sprintf("%s(%s)", name, c.source(x.Discriminant))))
	}
}

func isUndefined(e ast.Expression) bool {
	if u, ok := e.(*ast.UnaryExpression); ok {
		return u.Operator.String() == "void"
	}
	id, ok := e.(*ast.Identifier)
	return ok && id.Name == "undefined"
}

func isNullish(e ast.Expression) bool {
	_, null := e.(*ast.NullLiteral)
	return null || isUndefined(e)
}
