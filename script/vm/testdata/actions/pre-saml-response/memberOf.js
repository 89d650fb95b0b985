// sample: no-grants
// A group list for a directory-minded application; no grants, no attribute.
function memberOf(ctx, api) {
  if (ctx.v1.user.grants.count == 0) {
    return;
  }
  api.v1.attributes.setCustomAttribute('memberOf', 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
    ...ctx.v1.user.grants.grants.map(g => 'cn=' + g.projectName));
}
