// Written for the first version with the name userinfo.
function oldSpelling(ctx, api) {
  api.v1.userinfo.setClaim('department', ctx.v1.user.getMetadata().metadata[0].value);
  api.v1.userinfo.setClaim('department', 'other');
  api.v1.userinfo.appendLogIntoClaims('done');
}
