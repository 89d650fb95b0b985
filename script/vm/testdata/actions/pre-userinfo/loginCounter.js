// Counts token requests in the user's metadata.
let logger = require("zitadel/log")
function loginCounter(ctx, api) {
  const list = ctx.v1.user.getMetadata();
  const old = list.metadata.find(m => m.key === 'token_count');
  const next = (old ? old.value : 0) + 1;
  api.v1.user.setMetadata('token_count', next);
  api.v1.user.setMetadata('department', { was: list.metadata[0].value });
  logger.log('request %d of %s', next, ctx.v1.getUser().id);
}
