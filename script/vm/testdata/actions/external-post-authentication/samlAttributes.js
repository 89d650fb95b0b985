// sample: provider-saml
// SAML attributes come as lists.
let logger = require('zitadel/log');
function samlAttributes(ctx, api) {
  const a = ctx.v1.providerInfo.attributes;
  api.setFirstName(a['firstName'][0]);
  api.setLastName(a['lastName'][0]);
  api.setEmail(a['emailaddress']);
  logger.info(ctx.v1.providerInfo.iD, Object.keys(a).length);
}
