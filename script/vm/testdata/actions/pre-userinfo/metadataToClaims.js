// Copies selected metadata into claims of the same name.
const wanted = new Set(['department', 'employeeNumber', 'flags']);
function metadataToClaims(ctx, api) {
  for (const entry of ctx.v1.user.getMetadata().metadata) {
    if (wanted.has(entry.key)) {
      api.v1.claims.setClaim('meta_' + entry.key, entry.value);
    }
  }
}
