// Lists the roles of all projects in one claim, for applications that cannot
// read nested objects.
function flattenRoles(ctx, api) {
  const grants = ctx.v1.user.grants;
  if (grants === null || grants.count === 0) {
    return;
  }
  const roles = [];
  for (const grant of grants.grants) {
    for (const role of grant.roles) {
      const name = grant.projectName + ':' + role;
      if (!roles.includes(name)) {
        roles.push(name);
      }
    }
  }
  api.v1.claims.setClaim('roles', roles);
}
