// sample: failed
// Runs after a wrong password as well.
function failedPassword(ctx, api) {
  require('zitadel/log').error(ctx.v1.authError);
}
