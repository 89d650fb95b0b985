// Adds a tier claim derived from the user's mail domain.
function addTier(ctx, api) {
  const user = ctx.v1.getUser();
  if (!user || !user.human) {
    return;
  }
  const email = user.human.email;
  const domain = email.slice(email.indexOf('@') + 1);
  api.v1.claims.setClaim('app_tier', domain === 'acme.example' ? 'gold' : 'basic');
}
