// The trap: authMethod is an object, so === never matches.
let logger = require('zitadel/log');
function wrongComparison(ctx, api) {
  logger.log(ctx.v1.authMethod === 'password', ctx.v1.authMethod == 'password', typeof ctx.v1.authMethod);
  switch (String(ctx.v1.authMethod)) {
    case 'password':
      api.v1.user.appendMetadata('password', true);
  }
}
