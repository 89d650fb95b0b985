// sample: second-factor
// Keeps how and when the user signed in.
function rememberMethod(ctx, api) {
  if (ctx.v1.authError != 'none') {
    return;
  }
  api.v1.user.appendMetadata('lastMethod', ctx.v1.authMethod);
  api.metadata.push({ key: 'factors', value: ctx.v1.authRequest.mfasVerified.length });
}
