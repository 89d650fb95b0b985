// Roles as a multi-value attribute.
function rolesAttribute(ctx, api) {
  const roles = ctx.v1.user.grants.grants.flatMap(grant => grant.roles);
  api.v1.attributes.setCustomAttribute('Role', 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', ...roles);
  api.v1.attributes.setCustomAttribute('Role', '', 'ignored');
}
