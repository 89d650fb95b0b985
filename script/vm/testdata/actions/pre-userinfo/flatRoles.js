// Puts the roles of all grants into one claim, "project:role" by "project:role".
function flatRoles(ctx, api) {
  if (ctx.v1.user.grants === undefined || ctx.v1.user.grants === null || ctx.v1.user.grants.count == 0) {
    return;
  }
  let roles = [];
  ctx.v1.user.grants.grants.forEach(grant => {
    grant.roles.forEach(role => {
      roles.push(grant.projectId + ':' + role);
    });
  });
  api.v1.claims.setClaim('flat_roles', roles);
}
