// Gives every new user from the identity provider a role in one project.
// Replace the project id by your own.
function grantDefaultRole(ctx, api) {
  api.v1.appendUserGrant({ projectId: '320000000000000001', roles: ['viewer'] })
}
