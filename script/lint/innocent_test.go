package lint_test

import (
	"testing"

	"flowbench/models"
	"flowbench/script/lint"
)

// innocents are scripts in the styles that authors really use; none of them
// deserves a word.
var innocents = []struct {
	name    string
	trigger models.Slug
	script  string
}{
	{"guards that work", models.PreUserinfo, `function f(ctx, api) {
  if (!ctx.v1.user.grants || ctx.v1.user.grants.count == 0) { return; }
  let grants = [];
  ctx.v1.user.grants.grants.forEach(grant => {
    grant.roles.forEach(role => { grants.push(grant.projectId + ':' + role) })
  })
  api.v1.claims.setClaim('groups', grants)
}`},
	{"loose guard", models.PreUserinfo, `function f(ctx, api) {
  if (ctx.v1.user.grants == undefined || ctx.v1.user.grants.count == 0) return;
  var roles = {};
  for (var i = 0; i < ctx.v1.user.grants.grants.length; i++) {
    var g = ctx.v1.user.grants.grants[i];
    roles[g.projectName] = g.roles;
  }
  api.v1.claims.setClaim('roles', roles);
}`},
	{"metadata loop with one claim each", models.PreAccessToken, `function f(ctx, api) {
  const metadata = ctx.v1.user.getMetadata();
  if (metadata === undefined || metadata.count === 0) { return; }
  metadata.metadata.forEach(md => { api.v1.claims.setClaim(md.key, md.value); });
}`},
	{"first match then break", models.PreUserinfo, `function f(ctx, api) {
  for (const m of ctx.v1.user.getMetadata().metadata) {
    if (m.key === 'department') { api.v1.claims.setClaim('department', m.value); break; }
  }
}`},
	{"identity provider mapping", models.ExternalPostAuthentication, `let logger = require('zitadel/log')
function f(ctx, api) {
  if (ctx.v1.externalUser.externalIdpId != '123') { return }
  api.setFirstName(ctx.v1.providerInfo.given_name || ctx.v1.providerInfo.givenName)
  api.setEmail(ctx.v1.providerInfo.email)
  api.setEmailVerified(true)
  api.v1.user.appendMetadata('groups', ctx.getClaim('groups'));
  api.metadata.push({ key: 'k', value: 'v' });
  logger.info('mapped', ctx.v1.externalUser.externalId);
}`},
	{"raw info of OAuth", models.ExternalPostAuthentication, `function f(ctx, api) {
  const info = ctx.v1.providerInfo.rawInfo;
  if (info && info.name) { api.setDisplayName(info.name.first + ' ' + info.name.last); }
}`},
	{"SAML attributes", models.ExternalPostAuthentication, `function f(ctx, api) {
  const attributes = ctx.v1.providerInfo.attributes;
  api.setFirstName(attributes['givenname'][0]);
  api.setLastName(attributes['surname'][0]);
}`},
	{"feature detection", models.ExternalPreCreation, `function f(ctx, api) {
  if (api.setPreferredUsername) { api.setPreferredUsername('x'); }
  if (typeof api.v1.claims !== 'undefined') { api.v1.claims.setClaim('a', 1); }
  const id = ctx.v1.externalUser?.externalId;
  try { api.nothing(); } catch (e) {}
}`},
	{"same names for other things", models.PreUserinfo, `function f(ctx, api) {
  const console = { log: function () {} };
  console.log('x');
  const http = { get: function () { return { ok: true }; } };
  if (http.get('x').ok) { ctx.v1.extra = 1; }
  const seen = ctx.v1.extra;
  const user = { id: 1 };
  api.v1.claims.setClaim('x', user.id + seen);
}`},
	{"helper with the same parameters", models.InternalPostCreation, `function grant(api, role) { api.v1.appendUserGrant({ projectId: '1', roles: [role] }); }
function f(ctx, api) { grant(api, 'a'); api.userGrants.push({ projectID: '1', roles: ['b'] }); }`},
	{"own return values inside", models.PreUserinfo, `function f(ctx, api) {
  const pick = function (m) { return m.key === 'a'; };
  const text = (m) => { return String(m.value); };
  const list = ctx.v1.user.getMetadata().metadata.filter(pick).map(text);
  if (list.length === 0) return undefined;
  return api.v1.claims.setClaim('a', list[0]);
}`},
	{"reassigned names are not trusted", models.PreUserinfo, `function f(ctx, api) {
  let user = ctx.v1.getUser();
  user = { nothing: 1 };
  api.v1.claims.setClaim('n', user.nothing);
}`},
	{"mail domain", models.InternalPreCreation, `function f(ctx, api) {
  const mail = String(ctx.v1.user.human.email);
  if (mail.endsWith('@acme.example') === false) { throw 'not allowed'; }
  if (ctx.v1.user.human.email.toLowerCase() === 'a@b.example') { throw new Error('no'); }
}`},
	{"factors", models.InternalPostAuthentication, `function f(ctx, api) {
  if (ctx.v1.authMethod == 'password' && ctx.v1.authError == 'none') {
    api.v1.user.appendMetadata('lastLogin', new Date().toISOString());
  }
  const ua = ctx.v1.httpRequest.headers['User-Agent'];
  if (ua && ua[0].includes('Mobile')) { api.v1.user.appendMetadata('mobile', true); }
}`},
	{"SAML response", models.PreSAMLResponse, `function f(ctx, api) {
  const groups = ctx.v1.user.grants.grants.flatMap(g => g.roles);
  api.v1.attributes.setCustomAttribute('groups', '', ...groups);
  api.v1.user.setMetadata('last', { at: 1 });
}`},
	{"web service", models.PreUserinfo, `let http = require('zitadel/http');
let uuid = require('zitadel/uuid');
function f(ctx, api) {
  const user = ctx.v1.getUser();
  const res = http.fetch('https://crm.example.com/users/' + user.id, { method: 'GET', headers: { 'X-Request': uuid.v4() } });
  if (res.status == 200) { const body = res.json(); api.v1.claims.setClaim('plan', body.plan); }
}`},
}

func TestCheck_says_nothing_about_innocent_scripts(t *testing.T) {
	t.Parallel()
	for _, c := range innocents {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if r := lint.Check("f", c.script, c.trigger); !r.Parses || len(r.Problems) != 0 {
				t.Errorf("problems: %+v", r.Problems)
			}
		})
	}
}
