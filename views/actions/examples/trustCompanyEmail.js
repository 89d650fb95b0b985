// Marks addresses of our own domain as verified, so that no mail is sent.
function trustCompanyEmail(ctx, api) {
  const email = String(ctx.v1.user.human.email)
  if (email.endsWith('@idp.example.com')) {
    api.setEmail(email)
    api.setEmailVerified(true)
  }
}
