// Gives staff a second role when they register here.
// Replace project id and domain by your own.
function grantByDomain(ctx, api) {
  const email = String(ctx.v1.getUser().human.email)
  const roles = email.endsWith('@example.com') ? ['viewer', 'staff'] : ['viewer']
  api.v1.appendUserGrant({ projectId: '320000000000000001', roles: roles })
}
