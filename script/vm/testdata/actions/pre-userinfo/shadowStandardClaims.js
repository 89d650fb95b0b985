// What is tried often: changing claims that the token already has.
function shadowStandardClaims(ctx, api) {
  api.v1.claims.setClaim('email', 'hidden@example.com');
  api.v1.claims.setClaim('urn:zitadel:iam:org:id', 'nope');
  api.v1.claims.setClaim('locale_seen', ctx.v1.claims.locale);
  api.v1.claims.setClaim('locale_seen', 'again');
}
