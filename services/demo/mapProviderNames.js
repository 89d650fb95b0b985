// Takes names and a verified e-mail address from the identity provider on
// every sign-in.
function mapProviderNames(ctx, api) {
  if (ctx.v1.authError !== 'none') {
    return;
  }
  const first = ctx.getClaim('given_name');
  const last = ctx.getClaim('family_name');
  if (first) {
    api.setFirstName(first);
  }
  if (last) {
    api.setLastName(last);
  }
  if (first && last) {
    api.setDisplayName(first + ' ' + last);
  }
  if (ctx.getClaim('email_verified') === true) {
    api.setEmailVerified(true);
  }
}
