// Adds a tier claim derived from the user's mail domain.
function addTier(ctx, api) {
  if (ctx.v1.claims && ctx.v1.claims.app_tier) {
    return;
  }
  var user = ctx.v1.getUser();
  if (!user || !user.human) {
    return;
  }
  var mail = user.human.email;
  var domain = mail.substring(mail.indexOf('@') + 1);
  api.v1.claims.setClaim('app_tier', domain === 'acme.example' ? 'gold' : 'basic');
  api.v1.claims.setClaim('display', user.human.firstName + ' ' + user.human.lastName);
}
