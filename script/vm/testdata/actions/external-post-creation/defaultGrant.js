// Everybody gets the reader role.
function defaultGrant(ctx, api) {
  api.userGrants.push({ projectID: '320000000000000001', roles: ['reader'] });
  api.v1.appendUserGrant({ projectId: '320000000000000002', projectGrantId: '390000000000000001', roles: ['viewer'] });
}
