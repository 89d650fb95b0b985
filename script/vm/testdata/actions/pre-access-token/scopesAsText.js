// Number objects, times and strings of the user as a script sees them.
function scopesAsText(ctx, api) {
  const u = ctx.v1.getUser();
  api.v1.claims.setClaim('seen', {
    state: u.state, gender: u.human.gender == 3, created: u.creationDate, mail: u.human.email,
    text: `${u.human.email} since ${new Date(u.creationDate.unixMilli()).toISOString()}`,
  });
}
