// Takes names from the claims of the identity provider.
function mapOidcProfile(ctx, api) {
  if (ctx.v1.authError != "none") {
    return;
  }
  const info = ctx.v1.providerInfo;
  api.setFirstName(info.givenName);
  api.setLastName(info.familyName.toUpperCase());
  api.setDisplayName(info.claims.given_name + ' ' + info.claims.family_name);
  api.setPreferredUsername(info.preferred_username + '@idp');
  api.setEmailVerified(info.isEmailVerified());
}
