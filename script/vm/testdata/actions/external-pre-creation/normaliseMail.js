// Lower-case mail address, user name from it, verified as it comes from our provider.
function normaliseMail(ctx, api) {
  const mail = String(ctx.v1.user.human.email).toLowerCase();
  api.setEmail(mail);
  api.setEmailVerified(true);
  api.setUsername(mail.split('@')[0]);
  api.setPreferredLanguage('gibberish!');
}
