// Metadata written here is read again by the same script.
function lastLogin(ctx, api) {
  api.v1.user.setMetadata('last-saml', 'now');
  const found = ctx.v1.user.getMetadata().metadata.find(m => m.key === 'last-saml');
  api.v1.attributes.setCustomAttribute('lastSaml', '', found.value, String(ctx.v1.user.getMetadata().count));
}
