// sample: new-user-no-email
// Without an address nothing can be verified.
function missingMail(ctx, api) {
  if (ctx.v1.user.human.email == '') {
    api.setEmailVerified(true);
    api.setEmail(ctx.v1.user.username + '@users.acme.example');
    api.setEmailVerified(true);
  }
}
