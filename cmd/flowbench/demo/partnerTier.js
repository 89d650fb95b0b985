// Reads a claim that only partners have. For everyone else it fails: try a
// test run, follow the link to the line, and mend it.
function partnerTier(ctx, api) {
  api.v1.claims.setClaim('partner_tier', ctx.v1.claims.partner.tier);
}
