package lint

import (
	"sync"

	"flowbench/models"
)

// Rule describes one thing the linter looks for. Bad is a script that shows
// it, Good the innocent counterpart; both run at Trigger under the name f.
type Rule struct {
	ID       string
	Severity models.Severity
	Title    string
	Why      string
	Trigger  models.Slug
	Bad      string
	Good     string
}

// Rules returns the rules in the order of the reference.
func Rules() []Rule { return append([]Rule(nil), rules...) }

// severities finds a rule's severity by its id.
var severities = sync.OnceValue(func() map[string]models.Severity {
	m := map[string]models.Severity{}
	for _, r := range rules {
		m[r.ID] = r.Severity
	}
	return m
})

const (
	fails    = models.SeverityError
	surprise = models.SeverityWarning
	worth    = models.SeverityInfo
)

var rules = []Rule{
	{"module-syntax", fails, "import or export", "Scripts are classic scripts, not modules; they do not parse with import or export.", models.PreUserinfo,
		"import http from 'zitadel/http';\nfunction f() {}", "let http = require('zitadel/http');\nfunction f() {}"},
	{"function-name", fails, "No function of the action's name", "The runtime looks for a global binding with exactly the action's name. Without one each run fails with \"function not found\".", models.PreUserinfo,
		"function g(ctx, api) {}", "const f = (ctx, api) => {};"},
	{"async-function", fails, "async or generator function", "The function's answer must be undefined or null. An async function answers a promise, so each run fails, after its effects; the body of a generator never starts.", models.PreUserinfo,
		"async function f(ctx, api) {}", "function f(ctx, api) { (async () => {})(); }"},
	{"return-value", fails, "The function returns a value", "Any answer but undefined and null makes the run fail, after its effects.", models.PreUserinfo,
		"function f(ctx, api) { return true; }", "function f(ctx, api) { if (!ctx.v1.claims) return; [1].map(function (x) { return x; }); return null; }"},
	{"object-compare", surprise, "=== on a wrapper object", "E-mail, phone, state and the like are String, Number or Boolean objects: === is always false. Compare with == or convert first.", models.PreUserinfo,
		"function f(ctx, api) { if (ctx.v1.getUser().human.email === 'a@b.example') return; }", "function f(ctx, api) { if (ctx.v1.getUser().human.email == 'a@b.example' || ctx.v1.getUser().username === 'x') return; }"},
	{"object-truthy", surprise, "A wrapper object as a condition", "A String, Number or Boolean object is always true, also when it is empty, 0 or false.", models.PreUserinfo,
		"function f(ctx, api) { const user = ctx.v1.getUser(); if (!user.human.phone) return; }", "function f(ctx, api) { const user = ctx.v1.getUser(); if (user.human.isPhoneVerified && user.human.phone != '') return; }"},
	{"object-typeof", surprise, "typeof of a wrapper object", "typeof says object, never string, number or boolean.", models.PreUserinfo,
		"function f(ctx, api) { if (typeof ctx.v1.getUser().human.email === 'string') return; }", "function f(ctx, api) { if (typeof ctx.v1.getUser().username === 'string') return; }"},
	{"object-switch", surprise, "switch on a wrapper object", "switch compares with ===, so no case ever matches.", models.InternalPostAuthentication,
		"function f(ctx, api) { switch (ctx.v1.authMethod) { case 'password': return; } }", "function f(ctx, api) { switch (String(ctx.v1.authMethod)) { case 'password': return; } }"},
	{"object-includes", surprise, "includes or indexOf with a wrapper object", "includes and indexOf compare with ===, so they never find it.", models.ExternalPreCreation,
		"function f(ctx, api) { if (ctx.v1.authRequest.prompt.includes(2)) return; }", "function f(ctx, api) { if (ctx.v1.authRequest.uiLocales.includes('de') || ctx.v1.authRequest.prompt.some(function (p) { return p == 2; })) return; }"},
	{"object-length", surprise, "length or index of a String object", "The length of these String objects is 0 and their characters cannot be indexed; convert with String(…) first.", models.PreUserinfo,
		"function f(ctx, api) { if (ctx.v1.getUser().human.email.length > 3) return; }", "function f(ctx, api) { if (String(ctx.v1.getUser().human.email).length > 3) return; }"},
	{"claims-json", surprise, "claimsJSON() used as an object", "claimsJSON() answers JSON text, not an object; parse it, or use getClaim.", models.ExternalPostAuthentication,
		"function f(ctx, api) { api.setFirstName(ctx.claimsJSON().given_name); }", "function f(ctx, api) { const c = JSON.parse(ctx.claimsJSON() || '{}'); api.setFirstName(c.given_name); }"},
	{"null-compare", surprise, "Compared with undefined, but it is null", "What is absent here is null, never undefined, so the guard does not hold. Compare with == null.", models.PreUserinfo,
		"function f(ctx, api) { if (ctx.v1.user.grants === undefined) return; }", "function f(ctx, api) { if (ctx.v1.user.grants == undefined || ctx.v1.user.grants.count === 0) return; }"},
	{"console", surprise, "console", "ZITADEL has no console, the script ends with a ReferenceError there. Use require('zitadel/log').", models.PreUserinfo,
		"function f(ctx, api) { console.log('x'); }", "let logger = require('zitadel/log');\nfunction f(ctx, api) { logger.log('x'); }"},
	{"missing-global", surprise, "Something browsers or Node have", "The runtime has no timers, fetch, URL, Buffer, btoa, crypto or process.", models.PreUserinfo,
		"function f(ctx, api) { setTimeout(function () {}, 10); }", "function f(ctx, api) { const URL = String; if (typeof btoa !== 'undefined') return; URL(1); }"},
	{"unknown-module", fails, "Unknown module", "Only zitadel/http, zitadel/log and zitadel/uuid can be required; anything else throws Invalid module.", models.PreUserinfo,
		"const _ = require('lodash');\nfunction f() {}", "const log = require('zitadel/log');\nfunction f() { log.log('x'); }"},
	{"module-member", fails, "The module has no such function", "The modules offer little: http.fetch; log.log, info, debug, warn, error; uuid.v1, v3, v4, v5.", models.PreUserinfo,
		"let http = require('zitadel/http');\nfunction f() { http.post('https://example.com', {}); }", "let http = require('zitadel/http');\nfunction f() { http.fetch('https://example.com', { method: 'POST', body: {} }); }"},
	{"response-member", surprise, "The answer of fetch has no such member", "It has status, body, headers, json() and text(); no ok, statusCode or statusText.", models.PreUserinfo,
		"let http = require('zitadel/http');\nfunction f() { let r = http.fetch('https://example.com'); if (!r.ok) return; }", "let http = require('zitadel/http');\nfunction f() { let r = http.fetch('https://example.com'); if (r.status != 200) return; }"},
	{"body-json", surprise, "body is encoded twice", "fetch encodes the body as JSON itself; JSON.stringify makes it a quoted text.", models.PreUserinfo,
		"let http = require('zitadel/http');\nfunction f() { http.fetch('https://example.com', { method: 'POST', body: JSON.stringify({ a: 1 }) }); }", "let http = require('zitadel/http');\nfunction f() { http.fetch('https://example.com', { method: 'POST', body: { a: JSON.stringify({}) } }); }"},
	{"unknown-member", surprise, "Not there at this trigger", "The member does not exist in ctx or api of this trigger: reading gives undefined, calling fails.", models.PreUserinfo,
		"function f(ctx, api) { api.v1.claims.setClaim('id', ctx.v1.user.id); }", "function f(ctx, api) { if (ctx.v1.claims.anything) return; api.v1.claims.setClaim('id', ctx.v1.getUser().id); }"},
	{"argument-count", fails, "Wrong number of arguments", "The host function refuses another number of arguments and the run fails.", models.InternalPostAuthentication,
		"function f(ctx, api) { api.v1.user.appendMetadata('k'); }", "function f(ctx, api) { api.v1.user.appendMetadata('k', 1); }"},
	{"array-as-text", surprise, "A list where text is expected", "A list becomes text joined with commas. Take its first element with [0].", models.ExternalPostAuthentication,
		"function f(ctx, api) { api.setFirstName(ctx.v1.httpRequest.headers['X-First-Name']); }", "function f(ctx, api) { api.setFirstName(ctx.v1.httpRequest.headers['X-First-Name'][0]); }"},
	{"nested-roles", surprise, "A list pushed into a list", "push adds the whole list as one element. Spread it to add its elements.", models.PreUserinfo,
		"function f(ctx, api) { let all = []; ctx.v1.user.grants.grants.forEach(g => all.push(g.roles)); api.v1.claims.setClaim('r', all); }", "function f(ctx, api) { let all = []; ctx.v1.user.grants.grants.forEach(g => all.push(...g.roles)); api.v1.claims.setClaim('r', all); }"},
	{"claim-in-loop", surprise, "One claim set in a loop", "A claim that has a value is not overwritten: only the first turn of the loop counts.", models.PreUserinfo,
		"function f(ctx, api) { for (const g of ctx.v1.user.grants.grants) { api.v1.claims.setClaim('role', g.roles[0]); } }", "function f(ctx, api) { for (const g of ctx.v1.user.grants.grants) { api.v1.claims.setClaim('role:' + g.projectId, g.roles[0]); } }"},
	{"reserved-claim", surprise, "Reserved claim", "Claims that begin with urn:zitadel:iam are ignored.", models.PreUserinfo,
		"function f(ctx, api) { api.v1.claims.setClaim('urn:zitadel:iam:x', 1); }", "function f(ctx, api) { api.v1.claims.setClaim('urn:acme:x', 1); }"},
	{"registered-claim", worth, "A registered claim wins", "In ID token, userinfo and introspection the user's own value of a registered claim wins over a custom one of the same name.", models.PreUserinfo,
		"function f(ctx, api) { api.v1.claims.setClaim('preferred_username', 'x'); }", "function f(ctx, api) { api.v1.claims.setClaim('username', 'x'); }"},
	{"password-leak", surprise, "The login form holds the password", "On a password check httpRequest.form and postForm hold the password in clear text; do not log, store or send them.", models.InternalPostAuthentication,
		"let logger = require('zitadel/log');\nfunction f(ctx, api) { logger.log(JSON.stringify(ctx.v1.httpRequest)); }", "let logger = require('zitadel/log');\nfunction f(ctx, api) { logger.log(ctx.v1.httpRequest.method, ctx.v1.httpRequest.headers['User-Agent']); }"},
	{"grant-spelling", worth, "Works here, not everywhere", "In ZITADEL userGrants.push takes projectID, projectGrantID and roles only; other spellings make an empty grant and a failing login.", models.ExternalPostCreation,
		"function f(ctx, api) { api.userGrants.push({ projectId: '1', roles: ['a'] }); }", "function f(ctx, api) { api.userGrants.push({ projectID: '1', roles: ['a'] }); api.v1.appendUserGrant({ projectId: '1', roles: ['a'] }); }"},
	{"fetch-then", fails, "then on the answer of fetch", "fetch waits for the answer and is no promise; it has no then.", models.PreUserinfo,
		"let http = require('zitadel/http');\nfunction f() { http.fetch('https://example.com').then(function (r) {}); }", "let http = require('zitadel/http');\nfunction f() { let r = http.fetch('https://example.com'); r.json(); }"},
}
