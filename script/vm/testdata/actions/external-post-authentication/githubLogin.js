// sample: provider-github
// The login becomes the user name, the company metadata.
function githubLogin(ctx, api) {
  const p = ctx.v1.providerInfo;
  api.setPreferredUsername(p.login);
  const [first, ...rest] = p.name.split(' ');
  api.setFirstName(first);
  api.setLastName(rest.join(' '));
  api.setEmail(p.email);
  api.v1.user.appendMetadata('company', p.company);
  api.v1.user.appendMetadata('plan', p.plan.name);
}
