// Lets only people of the house create an account through an identity provider.
const allowed = ['acme.example', 'partner.example'];

function denyForeignDomain(ctx, api) {
  const email = ctx.v1.user.human.email || '';
  const domain = email.slice(email.indexOf('@') + 1).toLowerCase();
  if (allowed.indexOf(domain) === -1) {
    throw 'Accounts of ' + (domain || 'this kind') + ' are not admitted.';
  }
}
