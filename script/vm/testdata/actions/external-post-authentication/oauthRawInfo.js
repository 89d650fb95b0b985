// sample: provider-oauth
// Generic OAuth: whatever the user endpoint said.
function oauthRawInfo(ctx, api) {
  const raw = ctx.v1.providerInfo.rawInfo;
  api.setFirstName(raw.given_name);
  api.setLastName(raw.family_name);
  api.v1.user.appendMetadataRaw('teams', raw.teams.join(';'));
}
