// A stable pseudonym of the user for one application.
const uuid = require('zitadel/uuid');
function pseudonym(ctx, api) {
  const app = ctx.v1.application.getClientId();
  api.v1.claims.setClaim('pairwise', uuid.v5(uuid.namespaceURL, app + '/' + ctx.v1.getUser().id));
}
