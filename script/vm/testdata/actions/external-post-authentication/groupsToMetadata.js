// Keeps the groups of the ID token in the user's metadata.
function groupsToMetadata(ctx, api) {
  const groups = ctx.getClaim('groups') || [];
  api.v1.user.appendMetadata('groups', groups);
  api.metadata.push({ key: 'issuer', value: JSON.parse(ctx.claimsJSON()).iss });
}
