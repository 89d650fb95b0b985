// Counts sign-ins in the user's metadata. Replaced by the audit log, and kept
// inactive until nobody asks for it any more.
let logger = require('zitadel/log');

function legacyAudit(ctx, api) {
  let count = 0;
  ctx.v1.user.getMetadata().metadata.forEach(function (entry) {
    if (entry.key === 'login_count') {
      count = Number(entry.value);
    }
  });
  logger.log('sign-in number ' + (count + 1));
  api.v1.user.setMetadata('login_count', count + 1);
}
