// Takes over what the identity provider knows, so that the first sign-in does
// not ask for it again.
let logger = require('zitadel/log');

function mapProfile(ctx, api) {
  const info = ctx.v1.providerInfo;
  if (!info) {
    return;
  }
  if (info.givenName) {
    api.setFirstName(info.givenName);
  }
  if (info.familyName) {
    api.setLastName(info.familyName);
  }
  if (info.email) {
    api.setEmail(info.email);
    api.setEmailVerified(true);
  }
  logger.log('profile taken over from the identity provider');
}
