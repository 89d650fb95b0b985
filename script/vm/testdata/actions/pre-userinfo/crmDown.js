// A failed request is an error that the script can handle.
const { fetch } = require('zitadel/http');
function crmDown(ctx, api) {
  try {
    fetch('https://down.example/');
  } catch (e) {
    api.v1.claims.setClaim('crm', 'unavailable');
    require('zitadel/log').warn(e.message);
  }
}
