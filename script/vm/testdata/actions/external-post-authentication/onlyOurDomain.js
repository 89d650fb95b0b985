// Refuses people from elsewhere.
function onlyOurDomain(ctx, api) {
  const mail = ctx.v1.externalUser.human.email;
  if (!mail.endsWith('@acme.example.com')) {
    throw 'Sign-in is for staff only';
  }
}
