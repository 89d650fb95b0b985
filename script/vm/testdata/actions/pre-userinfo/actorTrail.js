// sample: delegated
// Writes down who acts for the user.
function actorTrail(ctx, api) {
  const trail = [];
  for (let a = ctx.v1.actor; a !== null; a = a.actor) {
    trail.push(a.userId + '@' + a.issuer);
  }
  api.v1.claims.setClaim('acting', trail);
}
