// Keeps the provider's groups as user metadata, for later use in tokens.
function rememberGroups(ctx, api) {
  if (ctx.v1.authError !== 'none') {
    return
  }
  const groups = ctx.v1.providerInfo.claims.groups
  api.v1.user.appendMetadata('groups', groups || [])
}
