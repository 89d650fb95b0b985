// Hands the department to the travel portal, which reads SAML attributes.
function samlDepartment(ctx, api) {
  for (const entry of ctx.v1.user.getMetadata().metadata) {
    if (entry.key === 'department') {
      api.v1.attributes.setCustomAttribute('Department',
        'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', entry.value);
    }
  }
}
