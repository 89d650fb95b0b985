// Effects stay when the script fails after them.
function lateFailure(ctx, api) {
  api.v1.claims.setClaim('before', new Date(Date.UTC(2024, 1, 29, 12)));
  api.v1.user.setMetadata('seen', true);
  throw new RangeError('too late');
}
