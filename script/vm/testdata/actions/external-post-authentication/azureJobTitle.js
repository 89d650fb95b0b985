// sample: provider-azuread
// Azure AD: job title and office.
function azureJobTitle(ctx, api) {
  const { jobTitle, officeLocation, preferredLanguage, businessPhones } = ctx.v1.providerInfo;
  api.v1.user.appendMetadata('job', { jobTitle, officeLocation });
  api.setPreferredLanguage(preferredLanguage);
  api.setPhone(businessPhones[0]);
  api.setNickName(ctx.v1.providerInfo.getPreferredUsername());
}
