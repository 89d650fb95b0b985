// Hands the roles to service providers as a SAML attribute.
function samlRoles(ctx, api) {
  const roles = [];
  ctx.v1.user.grants.grants.forEach(function (grant) {
    grant.roles.forEach(function (role) {
      roles.push(role);
    });
  });
  api.v1.attributes.setCustomAttribute.apply(null,
    ['Roles', 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'].concat(roles));
}
