// Gives every new user the reader role of the shop.
function grantStarterRole(ctx, api) {
  api.v1.appendUserGrant({
    projectId: '320000000000000001',
    roles: ['reader']
  });
}
