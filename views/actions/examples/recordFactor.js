// Remembers how the user signed in last. Runs after each factor.
const logger = require('zitadel/log')

function recordFactor(ctx, api) {
  if (ctx.v1.authError !== 'none') {
    logger.warn(`${ctx.v1.authMethod} was refused: ${ctx.v1.authError}`)
    return
  }
  api.v1.user.appendMetadata('last-factor', String(ctx.v1.authMethod))
}
