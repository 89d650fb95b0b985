// Lets only people of the company and its partners register.
const domains = ['example.com', 'idp.example.com', 'acme.example'];

function allowCompanyDomains(ctx, api) {
  const email = String(ctx.v1.user.human.email);
  const domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase();
  if (!domains.includes(domain)) {
    throw 'Registration with ' + domain + ' is not possible. Please use your company address.';
  }
  api.v1.user.appendMetadata('registered_domain', domain);
}
