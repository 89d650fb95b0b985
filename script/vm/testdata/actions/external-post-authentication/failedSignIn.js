// sample: failed
// The provider refused: providerInfo is null.
let logger = require("zitadel/log")
function failedSignIn(ctx, api) {
  if (ctx.v1.authError != 'none') {
    logger.warn('failed: ' + ctx.v1.authError, ctx.v1.providerInfo === null);
    return;
  }
  api.setFirstName('never');
}
