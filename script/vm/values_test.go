package vm_test

import (
	"encoding/json"
	"strings"
	"testing"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

// evaluated runs statements that leave their answer in r and returns its JSON,
// or the failure's text.
func evaluated(t *testing.T, slug models.Slug, context json.RawMessage, strict bool, body string) string {
	t.Helper()
	script := "const log = require('zitadel/log');\nfunction t(ctx, api) { let r; " + body + "\nlog.log(JSON.stringify(r)) }"
	h, res := runOn(t, slug, context, vm.Job{Name: "t", Script: script, Strict: strict})
	if !res.Outcome.OK() {
		return res.Outcome.Message
	}
	return h.lines[len(h.lines)-1].Message
}

func TestValuesThatAreNotWhatTheyLookLike(t *testing.T) {
	t.Parallel()
	const human = "const h = ctx.v1.getUser().human, u = ctx.v1.getUser(); "
	for _, c := range []struct{ name, body, want string }{
		{"string object type", human + "r = [typeof h.email, h.email == 'robin@example.com', h.email === 'robin@example.com']", `["object",true,false]`},
		{"string object length", human + "r = [h.email.length, h.email[0] === undefined, ['robin@example.com'].includes(h.email)]", `[0,true,false]`},
		{"string object methods", human + "r = [h.email.split('@')[1], h.email + '!', `${h.email}`, ({[h.email]: 1})['robin@example.com']]", `["example.com","robin@example.com!","robin@example.com",1]`},
		{"string object in switch", human + "switch (h.email) { case 'robin@example.com': r = 'hit'; break; default: r = 'miss' }", `"miss"`},
		{"same email twice", human + "r = h.email === h.email", `true`},
		{"empty string object is truthy", human + "h.phone = ''; r = [!!h.phone, h.phone == '']", `[true,true]`},
		{"number object", human + "r = [typeof u.state, u.state == 1, u.state === 1, u.state + 1, !!u.state]", `["object",true,false,2,true]`},
		{"number objects in JSON", human + "r = {s: u.state, g: h.gender}", `{"s":1,"g":3}`},
		{"time as text", human + "r = [String(u.creationDate), u.creationDate instanceof Date, typeof u.creationDate.getTime]", `["2024-03-01 09:15:00.123456 +0000 UTC",false,"undefined"]`},
		{"time as JSON", human + "r = [u.creationDate, new Date(JSON.parse(JSON.stringify(u.creationDate))).getTime()]", `["2024-03-01T09:15:00.123456Z",1709284500123]`},
		{"date from a time", human + "r = new Date(u.creationDate).getTime()", `1709284500123`},
		{"time methods", human + "r = [u.creationDate.unix(), u.creationDate.year(), u.creationDate.before(u.changeDate), u.creationDate.format('2006-01-02')]", `[1709284500,2024,true,"2024-03-01"]`},
		{"zero time", "r = [ctx.v1.user.getMetadata().timestamp, ctx.v1.user.getMetadata().timestamp.isZero()]", `["0001-01-01T00:00:00Z",true]`},
		{"primitives", human + "r = [typeof u.id, typeof u.sequence, typeof h.isEmailVerified, typeof h.preferredLanguage, u.sequence]", `["string","number","boolean","string",42]`},
		{"absent records", "r = [ctx.v1.actor === null, 'actor' in ctx.v1]", `[true,true]`},
		{"absent member", human + "r = [u.machine === undefined, 'machine' in u, Object.keys(u).length]", `[true,false,10]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, strict := range []bool{false, true} {
				if got := evaluated(t, models.PreUserinfo, nil, strict, c.body); got != c.want {
					t.Errorf("strict=%v: got %s, want %s", strict, got, c.want)
				}
			}
		})
	}
}

func TestObjectModel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, want string }{
		{"missing members are undefined", "r = [typeof ctx.nope, typeof ctx.v1.nope, typeof ctx.v1.claims.nope]", `["undefined","undefined","undefined"]`},
		{"open objects take new members", "ctx.v1.mine = 1; api.x = 2; ctx.v1.claims.sub = 'other'; ctx.v1.claims.fresh = 3; r = [ctx.v1.mine, api.x, ctx.v1.claims.sub, ctx.v1.claims.fresh, 'fresh' in ctx.v1.claims]", `[1,2,"other",3,true]`},
		{"open objects lose members", "delete ctx.v1.claims.sub; delete ctx.v1.actor; delete ctx.v1.claims.none; r = ['sub' in ctx.v1.claims, 'actor' in ctx.v1, ctx.v1.claims.sub === undefined]", `[false,false,true]`},
		{"a deleted member may come back", "delete ctx.v1.claims.sub; ctx.v1.claims.sub = 1; delete ctx.v1.actor; ctx.v1.actor = 2; r = [ctx.v1.claims.sub, ctx.v1.actor]", `[1,2]`},
		{"records ignore unknown members", "const u = ctx.v1.getUser(); u.nope = 1; r = [u.nope === undefined, 'nope' in u]", `[true,false]`},
		{"records convert what is assigned", "const u = ctx.v1.getUser(); u.username = 5; u.sequence = '7'; u.human.isEmailVerified = 0; r = [u.username, u.sequence, u.human.isEmailVerified]", `["5",7,false]`},
		{"records keep their members", "const u = ctx.v1.getUser(); r = [delete u.id, u.id.length]", `[false,18]`},
		{"changes stay with the value", "const u = ctx.v1.getUser(); u.username = 'x'; r = [u.username, ctx.v1.getUser().username]", `["x","robin"]`},
		{"strict code cannot add to records", "r = (function () { 'use strict'; try { ctx.v1.getUser().nope = 1; return 'silent' } catch (e) { return e.name } })()", `"TypeError"`},
		{"objects have an identity", "r = [ctx.v1 === ctx.v1, ctx.v1.claims === ctx.v1.claims, ctx.v1.user.grants.grants[0] === ctx.v1.user.grants.grants[0]]", `[true,true,true]`},
		{"arrays are arrays", "const g = ctx.v1.user.grants.grants; r = [Array.isArray(g), [...g].length, g.map(x => x.roles.length).reduce((a, b) => a + b), g.at(-1).projectName]", `[true,2,3,"Portal"]`},
		{"members come in order", "r = Object.keys(ctx.v1.getUser().human).slice(0, 3).concat(Object.keys(ctx.v1))", `["firstName","lastName","nickName","claims","getUser","user","org","application","actor"]`},
		{"spread, assign and destructuring", "const {human: {firstName, ...rest}} = ctx.v1.getUser(); r = [firstName, Object.keys({...rest}).length, Object.assign({}, ctx.v1.claims).sub.length]", `["Robin",10,18]`},
		{"hasOwnProperty", "r = [ctx.v1.hasOwnProperty('claims'), ctx.v1.claims.hasOwnProperty('sub'), ctx.v1.getUser().hasOwnProperty('nope')]", `[true,true,false]`},
		{"methods work detached", "const {setClaim} = api.v1.claims; setClaim('a', 1); r = setClaim === api.v1.claims.setClaim", `true`},
		{"claims are a snapshot", "api.v1.claims.setClaim('fresh', 1); r = ctx.v1.claims.fresh === undefined", `true`},
		{"prototype names are no members", "r = [ctx.v1.claims.toString === Object.prototype.toString, 'toString' in ctx.v1.claims, ctx.v1.claims.hasOwnProperty('toString')]", `[true,true,false]`},
		{"for in and entries", "let n = 0; for (const k in ctx.v1.getUser()) n++; r = [n, Object.entries(ctx.v1.user.getMetadata().metadata[0]).length]", `[10,6]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := evaluated(t, models.PreUserinfo, nil, false, c.body); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestLoginContexts(t *testing.T) {
	t.Parallel()
	const auth, pre = models.ExternalPostAuthentication, models.InternalPreCreation
	for _, c := range []struct {
		name, sample string
		slug         models.Slug
		body, want   string
	}{
		{"address", "", auth, "const ip = ctx.v1.authRequest.browserInfo.remoteIp; r = [String(ip), ip.length, JSON.stringify(ip)]", `["192.0.2.44",16,"[0,0,0,0,0,0,0,0,0,0,255,255,192,0,2,44]"]`},
		{"prompts are number objects", "", auth, "const p = ctx.v1.authRequest.prompt; r = [p[0] == 2, p.includes(2), p.map(Number).includes(2)]", `[true,false,true]`},
		{"no age limit", "", auth, "r = ctx.v1.authRequest.maxAuthAge === null", `true`},
		{"headers are case-sensitive lists", "", auth, "const h = ctx.v1.httpRequest.headers; r = [h['User-Agent'].length, h['user-agent'] === undefined]", `[1,true]`},
		{"boolean objects of providers", "", auth, "const p = ctx.v1.providerInfo; r = [typeof p.phoneNumberVerified, !!p.phoneNumberVerified, p.isPhoneVerified(), p.isEmailVerified()]", `["object",true,false,true]`},
		{"provider getters", "", auth, "const p = ctx.v1.providerInfo; r = [p.getID(), p.getFirstName(), p.getDisplayName(), p.getPreferredUsername(), p.getEmail(), p.getAvatarURL()]", `["00u-ext-77","Sam","Sam Sample","sam","sam@idp.example.com","https://idp.example.com/avatars/sam.png"]`},
		{"provider as JSON", "", auth, "const j = JSON.parse(JSON.stringify(ctx.v1.providerInfo)); r = [j.preferred_username, j.preferredUsername, j.email_verified, j.sub]", `["sam",null,true,"00u-ext-77"]`},
		{"claim names of providers", "", auth, "const p = ctx.v1.providerInfo; p.preferred_username = 'x'; r = [p.preferred_username, p.email_verified == true, Object.keys(p).includes('given_name')]", `["sam",true,false]`},
		{"google has getters and user", "provider-google", auth, "const p = ctx.v1.providerInfo; r = [p.getEmail(), p.user.email, p.user.claims.groups.length, p.email === undefined]", `["sam@idp.example.com","sam@idp.example.com",2,true]`},
		{"string objects of github", "provider-github", auth, "const p = ctx.v1.providerInfo; r = [typeof p.email, p.iD, p.createdAt.year(), p.plan.name]", `["object",583231,2024,"free"]`},
		{"business phones of azure", "provider-azuread", auth, "const p = ctx.v1.providerInfo; r = [typeof p.businessPhones[0], p.businessPhones[0] == '+41440001122', p.getFirstName()]", `["object",true,"Sam"]`},
		{"plain marks of ldap", "provider-ldap", auth, "const p = ctx.v1.providerInfo; r = [p.emailVerified, typeof p.email, p.isEmailVerified()]", `[false,"object",false]`},
		{"failed authentication", "failed", auth, "r = [ctx.v1.providerInfo === null, ctx.v1.externalUser.externalId, ctx.v1.authError.length > 4]", `[true,"",true]`},
		{"claims JSON is text", "", auth, "r = [typeof ctx.claimsJSON(), ctx.claimsJSON().iss === undefined, ctx.getClaim('nope')]", `["string",true,null]`},
		{"user before creation", "", pre, "const u = ctx.v1.user; r = [u.id, u.creationDate.isZero(), u.state == 0, u.human.gender == 0, typeof u.profile]", `["",true,true,true,"undefined"]`},
		{"no auth request", "no-auth-request", pre, "r = [ctx.v1.authRequest === null, ctx.v1.org.getMetadata().count]", `[true,2]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sample := sampleFor(t, c.slug, "")
			if c.sample != "" {
				sample = sampleFor(t, c.slug, "// sample: "+c.sample+"\n")
			}
			if got := evaluated(t, c.slug, sample, false, c.body); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestHandedOverValues checks what becomes of values in claims: the JSON that
// the reference makes, its deviations refused unless strict.
func TestHandedOverValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, want, strict string }{
		{"1.5e300", "1.5e+300", ""}, {"-0", "-0", ""}, {"'a<b'", `"a\u003cb"`, ""}, {"'\\ud83d\\ude00'", `"😀"`, ""},
		{"new Date(0)", `"1970-01-01T00:00:00Z"`, ""}, {"new Map([['a', 1]])", `[["a",1]]`, ""}, {"new Set([2, 1])", `[2,1]`, ""},
		{"new Uint8Array([104, 105])", `"aGk="`, ""}, {"10n ** 20n", `100000000000000000000`, ""},
		{"{b: 1, a: undefined, c: [undefined, , null]}", `{"a":null,"b":1,"c":[null,null,null]}`, ""},
		{"new String('x')", `"x"`, ""}, {"new Number(3)", `3`, ""}, {"new Boolean(false)", `false`, ""},
		{"Object.create({inherited: 1}, {own: {value: 2, enumerable: true}})", `{"own":2}`, ""},
		{"ctx.v1.getUser().human.email", `"robin@example.com"`, ""}, {"ctx.v1.getUser().state", `1`, ""},
		{"ctx.v1.getUser().creationDate", `"2024-03-01T09:15:00.123456Z"`, ""},
		{"ctx.v1.user.getMetadata().metadata[2].value", `{"beta":true,"tags":["a","b"]}`, ""},
		{"ctx.v1.getUser().loginNames", `[]`, ""}, {"/x/g", `{}`, ""}, {"new Error('m')", `{}`, ""},
		{"NaN", "cannot be represented: NaN has no JSON form", "null"}, {"{a: [1, Infinity]}", "claim \"c\".a[1] cannot be represented: +Inf", "null"},
		{"() => 1", "cannot be represented: a function", "null"}, {"{x: {f() {}}}", "claim \"c\".x.f cannot be represented", "null"},
		{"Symbol('s')", "cannot be represented: a symbol", "null"},
		{"(() => { const o = {}; o.o = {o}; return o })()", "claim \"c\".o.o cannot be represented: it contains itself", "null"},
		{"ctx.v1.user.grants.grants[0]", `{"changeDate":"2024-06-15T12:30:45.654321Z","creationDate":"2024-03-01T09:15:00.123456Z","id":"380000000000000001","projectGrantId":""`, "null"},
		{"ctx.v1.getUser().human", `{"avatarKey":"","displayName":"Robin Example"`, `{"AvatarKey":"","DisplayName":"Robin Example"`},
	} {
		t.Run(c.value, func(t *testing.T) {
			t.Parallel()
			for _, strict := range []bool{false, true} {
				want := c.want
				if strict && c.strict != "" {
					want = c.strict
				}
				h, res := runOn(t, models.PreUserinfo, nil, vm.Job{Name: "t", Strict: strict,
					Script: "function t(ctx, api) { api.v1.claims.setClaim('c', " + c.value + ") }"})
				got := res.Outcome.Message
				if len(h.effects) == 1 {
					got = string(h.effects[0].After)
				}
				if !strings.Contains(got, want) || want == "null" && got != want {
					t.Errorf("strict=%v: got %s, want %s", strict, got, want)
				}
				if want == c.want && strings.Contains(want, "cannot") && res.Outcome.Kind != models.OutcomeResult {
					t.Errorf("kind %s, want RESULT", res.Outcome.Kind)
				}
			}
		})
	}
}

func TestMetadataValuesAreDecodedOnlyIfTheyAreJSON(t *testing.T) {
	t.Parallel()
	for stored, want := range map[string]string{
		`42`: `["number",42]`, `true`: `["boolean",true]`, `"x"`: `["string","x"]`, `plain`: `["string","plain"]`, ``: `["string",""]`,
		`{"a":1`: `["string","{\"a\":1"]`, `12345678901234567890`: `["number",12345678901234567000]`, `null`: `["object",null]`,
		` [1] `: `["object",[1]]`, `01`: `["string","01"]`, `1e999`: `["string","1e999"]`, `{"a":1,"a":2}`: `["object",{"a":2}]`,
		`{"__proto__":{"x":1}}`: `["object",{"__proto__":{"x":1}}]`,
	} {
		t.Run(stored, func(t *testing.T) {
			t.Parallel()
			text, _ := json.Marshal(map[string]any{"ctx": map[string]any{"v1": map[string]any{"user": map[string]any{
				"getMetadata()": map[string]any{"metadata": []any{map[string]any{"key": "k", "$bytes": stored}}}}}}})
			got := evaluated(t, models.PreUserinfo, text, false, "const v = ctx.v1.user.getMetadata().metadata[0].value; r = [typeof v, v]")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
