// Copies the organization's plan from its metadata into the access token.
function addTierClaim(ctx, api) {
  const entries = ctx.v1.org.getMetadata().metadata
  const plan = entries.find((entry) => entry.key === 'plan')
  api.v1.claims.setClaim('tier', plan ? plan.value.name : 'free')
}
