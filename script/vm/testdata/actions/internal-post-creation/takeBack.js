// The list is an array like any other.
function takeBack(ctx, api) {
  api.userGrants.push({ projectId: 'p1' }, { projectId: 'p2' }, { projectId: 'p3' });
  api.userGrants.pop();
  api.userGrants[0] = { projectId: 'p0', roles: ['first'] };
}
