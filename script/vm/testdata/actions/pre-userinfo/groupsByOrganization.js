// A table of roles by organization, with the customer number from the
// organization's metadata.
function groupsByOrganization(ctx, api) {
  const table = {};
  for (const grant of ctx.v1.user.grants.grants) {
    const row = (table[grant.userGrantResourceOwnerName] ??= { roles: [] });
    row.roles.push(...grant.roles);
    const crm = grant.getOrgMetadata().metadata.find(m => m.key === 'crm-id');
    if (crm) {
      row.customer = crm.value;
    }
  }
  api.v1.claims.setClaim('organizations', table);
}
