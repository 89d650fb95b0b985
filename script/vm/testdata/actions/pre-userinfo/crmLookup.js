// Asks another system and copies its answer.
let http = require('zitadel/http');
function crmLookup(ctx, api) {
  const user = ctx.v1.getUser();
  const res = http.fetch('https://crm.example/customers?mail=' + encodeURIComponent(user.human.email), {
    method: 'GET',
    headers: { 'Authorization': ['Bearer made-up'], 'Accept': 'application/json, text/plain' },
  });
  if (res.status !== 200) {
    return;
  }
  const customer = res.json();
  api.v1.claims.setClaim('customer', { id: customer.id, tags: customer.tags, type: res.headers['content-type'][0] });
}
