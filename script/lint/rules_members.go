package lint

import (
	"fmt"
	"slices"

	"github.com/dop251/goja/ast"

	"flowbench/models"
	"flowbench/script/vm"
)

type fixType = models.Fix

// inherited are members that every object has.
var inherited = []string{"toString", "valueOf", "hasOwnProperty", "constructor", "toLocaleString", "isPrototypeOf",
	"propertyIsEnumerable", "__proto__", "toJSON", "length"}

// arrayMembers are what the linter need not know of arrays: all of them exist.
// A record or an object has no others than those of the table.
func (c *checker) checkMember(n ast.Node, left ast.Expression, name string) {
	owner := c.resolve(left)
	switch {
	case owner.module != "" && owner.member == "":
		c.checkModuleMember(n, owner.module, name)
	case owner.response:
		c.checkResponseMember(n, name)
	case owner.t == nil, slices.Contains(inherited[:len(inherited)-1], name):
	case owner.t.Kind == vm.KindStringObject && name == "length":
		c.report("object-length", n, fmt.Sprintf("%s is a String object whose length is 0 here. Use String(…).length.", owner.path), nil)
	case owner.t.Kind == vm.KindString && c.isClaimsJSON(left):
		c.checkClaimsJSON(n, name)
	case owner.t.Kind == vm.KindObject, owner.t.Kind == vm.KindRecord, owner.t.Kind == vm.KindUnion:
		c.checkTableMember(n, owner, name)
	}
}

var textMembers = []string{"length", "at", "charAt", "charCodeAt", "codePointAt", "concat", "endsWith", "includes", "indexOf", "lastIndexOf",
	"localeCompare", "match", "matchAll", "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "search", "slice", "split",
	"startsWith", "substring", "substr", "toLowerCase", "toUpperCase", "trim", "trimStart", "trimEnd"}

func (c *checker) isClaimsJSON(e ast.Expression) bool { return c.resolve(e).path == "ctx.claimsJSON()" }

func (c *checker) checkClaimsJSON(n ast.Node, name string) {
	if !slices.Contains(textMembers, name) {
		c.report("claims-json", n, fmt.Sprintf("claimsJSON() is text, so .%s is undefined. Use ctx.getClaim(%q) or JSON.parse.", name, name), nil)
	}
}

// hints say what was probably meant, by what follows ctx or api.
var hints = map[string]string{
	"ctx.v1.user.id":                     "use ctx.v1.getUser().id",
	"ctx.v1.user.human":                  "use ctx.v1.getUser().human",
	"ctx.v1.user.username":               "use ctx.v1.getUser().username",
	"ctx.v1.getUser().grants":            "use ctx.v1.user.grants",
	"ctx.v1.user":                        "this trigger has no user",
	"ctx.v1.getUser":                     "this trigger has no user that exists already",
	"ctx.v1.getSecret":                   "there are no secrets in actions; keep them in the service you call",
	"ctx.v1.authRequest.clientId":        "use applicationId",
	"ctx.v1.externalUser.picture":        "use ctx.v1.providerInfo",
	"ctx.v1.externalUser.email":          "use ctx.v1.externalUser.human.email",
	"ctx.v1.externalUser.firstName":      "use ctx.v1.externalUser.human.firstName",
	"ctx.v1.externalUser.lastName":       "use ctx.v1.externalUser.human.lastName",
	"api.setUsername":                    "use setPreferredUsername here",
	"api.setPreferredUsername":           "use setUsername here",
	"api.v1.setClaim":                    "use api.v1.claims.setClaim",
	"api.setClaim":                       "use api.v1.claims.setClaim",
	"api.setMetadata":                    "use api.v1.user.setMetadata",
	"api.v1.user.setMetadata":            "use api.v1.user.appendMetadata here",
	"api.v1.user.appendMetadata":         "use api.v1.user.setMetadata here",
	"api.v1.attributes.setCustomAttibut": "use setCustomAttribute",
}

func (c *checker) checkTableMember(n ast.Node, owner binding, name string) {
	if c.hasMember(owner.t, name) || c.written[name] || c.guarded(n) {
		return
	}
	path := owner.path + "." + name
	message := fmt.Sprintf("%s does not exist at this trigger", path)
	if c.called(n) {
		message += ", so calling it fails"
	} else {
		message += " and is undefined"
	}
	if hint := hints[path]; hint != "" {
		message += ": " + hint
	}
	c.report("unknown-member", n, message+".", nil)
}

func (c *checker) hasMember(t *vm.Type, name string) bool {
	if t.Kind != vm.KindUnion {
		_, ok := t.Member(name)
		return ok
	}
	if vm.IsClaimAlias(name) {
		return true
	}
	return slices.ContainsFunc(t.Alternatives, func(a *vm.Type) bool { return c.hasMember(a, name) })
}

// called reports whether n is what a call calls.
func (c *checker) called(n ast.Node) bool {
	call, ok := c.parent(1).(*ast.CallExpression)
	return ok && ast.Node(call.Callee) == n
}

// guarded reports whether the script itself asks whether the member is there,
// or stands behind such a question about the same thing.
func (c *checker) guarded(n ast.Node) bool {
	child := n
	for i := 1; ; i++ {
		p := c.parent(i)
		switch x := p.(type) {
		case *ast.OptionalChain, *ast.Optional:
			return true
		case *ast.UnaryExpression:
			return true
		case *ast.BinaryExpression:
			return x.Comparison || isLogical(x.Operator.String())
		case *ast.IfStatement:
			return ast.Node(x.Test) == child || c.mentions(x.Test, n)
		case *ast.ConditionalExpression:
			return ast.Node(x.Test) == child || c.mentions(x.Test, n)
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, nil:
			return false
		case *ast.TryStatement:
			return true
		}
		child = p
	}
}

func isLogical(op string) bool { return op == "&&" || op == "||" || op == "??" || op == "in" }

// mentions reports whether the test contains the same text as n.
func (c *checker) mentions(test ast.Node, n ast.Node) bool {
	want, found := c.source(n), false
	var look func(ast.Node)
	look = func(m ast.Node) {
		if c.source(m) == want {
			found = true
		}
		if !found {
			children(m, look)
		}
	}
	look(test)
	return found
}

func (c *checker) checkIndex(x *ast.BracketExpression) {
	if key, ok := x.Member.(*ast.StringLiteral); ok {
		c.checkMember(x, x.Left, key.Value.String())
		return
	}
	if b := c.resolve(x.Left); b.t != nil && b.t.Kind == vm.KindStringObject {
		c.report("object-length", x, fmt.Sprintf("%s is a String object: indexing it gives undefined. Use String(…)[…].", b.path), nil)
	}
}
