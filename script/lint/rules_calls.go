package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"flowbench/script/vm"
)

func (c *checker) checkCall(call *ast.CallExpression) {
	c.checkRequire(call)
	c.checkArrayCall(call)
	callee := c.resolve(call.Callee)
	switch {
	case callee.module == "zitadel/http" && callee.member == "fetch":
		c.checkFetch(call)
	case callee.module == "zitadel/log":
		c.checkLeak(call.ArgumentList)
	case callee.t != nil && callee.t.Kind == vm.KindFunc:
		c.checkHostCall(call, callee)
	}
}

func (c *checker) checkHostCall(call *ast.CallExpression, callee binding) {
	name := callee.path[strings.LastIndexByte(callee.path, '.')+1:]
	switch name {
	case "setClaim":
		c.checkClaim(call)
	case "appendMetadata", "appendMetadataRaw", "setMetadata":
		c.checkCount(call, 2, "key and value")
		c.checkLeak(call.ArgumentList)
	case "appendUserGrant":
		c.checkCount(call, 1, "the grant")
	}
	for i, p := range callee.t.Params {
		if p.Type != nil && p.Type.Kind == vm.KindString && i < len(call.ArgumentList) && !p.Rest {
			c.checkText(call.ArgumentList[i])
		}
	}
}

func (c *checker) checkCount(call *ast.CallExpression, want int, what string) {
	if slices.ContainsFunc(call.ArgumentList, isSpread) || len(call.ArgumentList) == want {
		return
	}
	c.report("argument-count", call, fmt.Sprintf("This takes exactly %d: %s. With another number the run fails.", want, what), nil)
}

func isSpread(e ast.Expression) bool { _, ok := e.(*ast.SpreadElement); return ok }

// checkText finds a list where text is expected.
func (c *checker) checkText(arg ast.Expression) {
	b := c.resolve(arg)
	if b.t == nil || !isArray(b.t) {
		return
	}
	end := int(arg.Idx1())
	c.report("array-as-text", arg, fmt.Sprintf("%s is a list and becomes text joined with commas. Take its first element with [0].", b.path),
		c.fix("Take the first element", end, end, "[0]"))
}

// registered are the claims whose own value wins over a custom one.
var registered = []string{"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website",
	"email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at", "sub"}

func (c *checker) checkClaim(call *ast.CallExpression) {
	if len(call.ArgumentList) == 0 {
		return
	}
	c.checkLeak(call.ArgumentList[1:])
	key, ok := call.ArgumentList[0].(*ast.StringLiteral)
	if !ok {
		return
	}
	name := key.Value.String()
	switch {
	case strings.HasPrefix(name, "urn:zitadel:iam"):
		c.report("reserved-claim", key, "Claims that begin with urn:zitadel:iam are reserved: this call is ignored.", nil)
	case c.loops > 0 && !c.leavesLoop():
		c.report("claim-in-loop", call, fmt.Sprintf("A claim that has a value is not overwritten: only the first turn sets %q. Collect the values, then set the claim once.", name), nil)
	case slices.Contains(registered, name):
		c.report("registered-claim", key, fmt.Sprintf("In ID token, userinfo and introspection the user's own %q wins when it has a value.", name), nil)
	}
}

// leavesLoop reports whether the block of the call ends the loop, so that the
// claim is set once by intention.
func (c *checker) leavesLoop() bool {
	for i := len(c.parents) - 1; i >= 0; i-- {
		block, ok := c.parents[i].(*ast.BlockStatement)
		if !ok {
			continue
		}
		if len(block.List) == 0 {
			return false
		}
		switch last := block.List[len(block.List)-1].(type) {
		case *ast.BranchStatement:
			return last.Token.String() == "break"
		case *ast.ReturnStatement:
			return true
		}
		return false
	}
	return false
}

// checkLeak finds the login form on its way into a log, a claim or metadata.
func (c *checker) checkLeak(args []ast.Expression) {
	for _, arg := range args {
		if call, ok := arg.(*ast.CallExpression); ok && c.source(call.Callee) == "JSON.stringify" {
			c.checkLeak(call.ArgumentList)
			continue
		}
		path := c.resolve(arg).path
		if path == "ctx.v1" || path == "ctx" && c.hasForm() || strings.HasSuffix(path, ".httpRequest") || strings.Contains(path, ".httpRequest.form") ||
			strings.Contains(path, ".httpRequest.postForm") {
			if path != "ctx.v1" || c.hasForm() {
				c.report("password-leak", arg, "On a password check the form holds the password in clear text. Take only the fields you need.", nil)
			}
		}
	}
}

func (c *checker) hasForm() bool {
	v1, ok := c.table.Ctx.Member("v1")
	if !ok {
		return false
	}
	_, ok = v1.Type.Member("httpRequest")
	return ok
}

// checkFetch looks at the options of fetch.
func (c *checker) checkFetch(call *ast.CallExpression) {
	if len(call.ArgumentList) < 2 {
		return
	}
	options, ok := call.ArgumentList[1].(*ast.ObjectLiteral)
	if !ok {
		return
	}
	for _, p := range options.Value {
		keyed, ok := p.(*ast.PropertyKeyed)
		if !ok {
			continue
		}
		key, _ := keyed.Key.(*ast.StringLiteral)
		body, isCall := keyed.Value.(*ast.CallExpression)
		if key == nil || key.Value != "body" || !isCall || c.source(body.Callee) != "JSON.stringify" || len(body.ArgumentList) != 1 {
			continue
		}
		c.report("body-json", body, "fetch encodes the body as JSON itself, so this is encoded twice and arrives as a quoted text.",
			c.fix("Pass the value itself", int(body.Idx0()), int(body.Idx1()), c.source(body.ArgumentList[0])))
	}
}

// checkArrayCall looks at push, includes and indexOf.
func (c *checker) checkArrayCall(call *ast.CallExpression) {
	dot, ok := unwrap(call.Callee).(*ast.DotExpression)
	if !ok || len(call.ArgumentList) == 0 {
		return
	}
	switch dot.Identifier.Name.String() {
	case "includes", "indexOf":
		c.checkIncludes(call, dot)
	case "push":
		c.checkPush(call, dot)
	}
}

func (c *checker) checkIncludes(call *ast.CallExpression, dot *ast.DotExpression) {
	owner, arg := c.resolve(dot.Left), c.resolve(call.ArgumentList[0])
	_, literal := dot.Left.(*ast.ArrayLiteral)
	switch {
	case owner.t != nil && isArray(owner.t) && isWrapper(elementOf(owner)):
		c.report("object-includes", call, fmt.Sprintf("The elements of %s are objects: %s compares with === and finds none. Use some(x => x == …).",
			owner.path, dot.Identifier.Name), nil)
	case isWrapper(arg) && (literal || owner.t != nil && isArray(owner.t)):
		c.report("object-includes", call, fmt.Sprintf("%s is a %s object: %s compares with === and never finds it. Convert it first.",
			arg.path, wrapperNames[arg.t.Kind], dot.Identifier.Name), nil)
	}
}

func (c *checker) checkPush(call *ast.CallExpression, dot *ast.DotExpression) {
	owner := c.resolve(dot.Left)
	if owner.path == "api.userGrants" {
		c.checkGrantPush(call)
		return
	}
	arg := c.resolve(call.ArgumentList[0])
	if owner.t == nil && arg.t != nil && isArray(arg.t) && strings.HasSuffix(arg.path, ".roles") {
		at := int(call.ArgumentList[0].Idx0())
		c.report("nested-roles", call, fmt.Sprintf("This adds the whole list %s as one element. Spread it to add its elements.", arg.path),
			c.fix("Spread the list", at, at, "..."))
	}
}

func (c *checker) checkGrantPush(call *ast.CallExpression) {
	grant, ok := call.ArgumentList[0].(*ast.ObjectLiteral)
	if !ok {
		return
	}
	for _, p := range grant.Value {
		name := ""
		switch p := p.(type) {
		case *ast.PropertyKeyed:
			if key, ok := p.Key.(*ast.StringLiteral); ok {
				name = key.Value.String()
			}
		case *ast.PropertyShort:
			name = p.Name.Name.String()
		}
		if name != "" && !slices.Contains([]string{"projectID", "projectGrantID", "roles"}, name) {
			c.report("grant-spelling", p, fmt.Sprintf("ZITADEL itself does not know %s in userGrants.push and makes an empty grant. Use projectID, projectGrantID and roles, or api.v1.appendUserGrant.", name), nil)
		}
	}
}
