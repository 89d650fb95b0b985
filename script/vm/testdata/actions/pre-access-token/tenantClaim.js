// Multi-tenant applications want the plan of the user's organization.
function tenantClaim(ctx, api) {
  const entries = Object.fromEntries(ctx.v1.org.getMetadata().metadata.map(m => [m.key, m.value]));
  api.v1.claims.setClaim('tenant', { id: ctx.v1.getUser().resourceOwner, plan: entries.plan?.name, seats: entries.plan?.seats });
}
