// Fills the new user's names from the identity provider's claims.
const logger = require('zitadel/log')

function mapProfile(ctx, api) {
  const first = ctx.getClaim('given_name')
  const last = ctx.getClaim('family_name')
  if (first == null || last == null) {
    logger.warn('the provider sent no names')
    return
  }
  api.setFirstName(first)
  api.setLastName(last)
  api.setDisplayName(`${first} ${last}`)
}
