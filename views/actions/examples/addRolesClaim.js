// Puts the roles of all active grants into one claim, "project:role".
function addRolesClaim(ctx, api) {
  const grants = ctx.v1.user.grants
  if (grants == null || grants.count === 0) {
    return
  }
  const roles = []
  for (const grant of grants.grants) {
    for (const role of grant.roles) {
      roles.push(`${grant.projectName}:${role}`)
    }
  }
  api.v1.claims.setClaim('groups', roles)
}
