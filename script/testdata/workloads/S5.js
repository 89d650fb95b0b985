// Asks a policy service and copies its answer into claims.
let http = require('zitadel/http');
function askPolicy(ctx, api) {
  let user = ctx.v1.getUser();
  let res = http.fetch('{loopback server}/policy?sub=' + user.id, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept': 'application/json' },
    body: { sub: user.id, org: user.resourceOwner }
  });
  if (res.status != 200) {
    return;
  }
  let body = res.json();
  api.v1.claims.setClaim('limits', body.limits);
  api.v1.claims.setClaim('plan', body.plan);
}
