// The mail domain decides; all spellings of ids are understood.
function grantByDomain(ctx, api) {
  const staff = ctx.v1.getUser().human.email.endsWith('@example.com');
  api.userGrants.push({ ProjectID: '320000000000000001', Roles: staff ? ['staff'] : ['guest'] });
  api.userGrants.push({ projectId: '320000000000000002', roles: [1, 'two'] });
  require('zitadel/log').log(api.userGrants.length, api.userGrants.map(g => g.projectID).join());
}
