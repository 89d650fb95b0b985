// sample: no-grants
// The guard that most published scripts begin with, met by a user without grants.
function noRolesWithoutGrants(ctx, api) {
  if (!ctx.v1.user.grants?.grants) {
    api.v1.claims.appendLogIntoClaims('no grants for ' + ctx.v1.getUser().username);
    return;
  }
  api.v1.claims.setClaim('roles', ctx.v1.user.grants.grants.flatMap(g => g.roles));
}
