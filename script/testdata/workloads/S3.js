// Counts logins and mirrors selected metadata into a claim.
let logger = require('zitadel/log');
function mirrorMetadata(ctx, api) {
  const list = ctx.v1.user.getMetadata();
  let count = 0;
  let picked = {};
  for (let i = 0; i < list.metadata.length; i++) {
    const m = list.metadata[i];
    if (m.key === 'login_count') {
      count = Number(m.value);
    }
    if (m.key.startsWith('pub_')) {
      picked[m.key.slice(4)] = m.value;
    }
  }
  logger.log('login ' + (count + 1));
  api.v1.user.setMetadata('login_count', count + 1);
  api.v1.user.setMetadata('last', { by: 'action', picked: Object.keys(picked) });
  api.v1.claims.setClaim('profile', picked);
}
