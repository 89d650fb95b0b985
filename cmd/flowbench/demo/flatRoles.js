// Turns the user's grants into one flat list of roles without repeats.
function flatRoles(ctx, api) {
  const list = ctx.v1.user.grants;
  if (!list || list.count === 0) {
    return;
  }
  const roles = [];
  list.grants.forEach(function (grant) {
    grant.roles.forEach(function (role) {
      const name = grant.projectName + ':' + role;
      if (roles.indexOf(name) === -1) {
        roles.push(name);
      }
    });
  });
  api.v1.claims.setClaim('roles', roles);
}
