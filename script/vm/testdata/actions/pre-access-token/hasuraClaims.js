// Claims as a GraphQL gateway expects them.
function hasuraClaims(ctx, api) {
  const roles = [...new Set(ctx.v1.user.grants.grants.flatMap(g => g.roles))].sort();
  api.v1.claims.setClaim('https://hasura.io/jwt/claims', {
    'x-hasura-allowed-roles': roles,
    'x-hasura-default-role': roles[0] ?? 'anonymous',
    'x-hasura-user-id': ctx.v1.getUser().id,
  });
}
