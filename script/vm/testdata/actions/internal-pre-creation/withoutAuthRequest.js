// sample: no-auth-request
// The registration page may be opened without an application.
function withoutAuthRequest(ctx, api) {
  api.setNickName(ctx.v1.authRequest === null ? 'direct' : 'app');
  api.setDisplayName(ctx.v1.user.human.firstName + ' ' + ctx.v1.user.human.lastName);
}
