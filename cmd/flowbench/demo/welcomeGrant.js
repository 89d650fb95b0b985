// Gives every new user the role of a guest in the portal project.
function welcomeGrant(ctx, api) {
  api.v1.appendUserGrant({ projectId: '321000000000000001', roles: ['guest'] });
}
