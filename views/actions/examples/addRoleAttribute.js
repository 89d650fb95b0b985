// Adds the roles of all grants to the SAML response, one value per role.
function addRoleAttribute(ctx, api) {
  const grants = ctx.v1.user.grants
  if (grants == null) {
    return
  }
  const roles = grants.grants.flatMap((grant) => [...grant.roles])
  api.v1.attributes.setCustomAttribute(
    'role', 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', ...roles)
}
