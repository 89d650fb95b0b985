// sample: machine-user
// Service users get a marker, people get their display name.
function serviceAccount(ctx, api) {
  const user = ctx.v1.getUser();
  if (user.machine) {
    api.v1.claims.setClaim('service', { name: user.machine.name, about: user.machine.description });
  } else {
    api.v1.claims.setClaim('person', user.human.displayName);
  }
  api.v1.claims.setClaim('has_human', user.human !== undefined);
}
