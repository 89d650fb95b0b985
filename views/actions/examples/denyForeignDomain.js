// Lets only addresses of known domains register. The text of the error is
// what the person reads on the sign-in page.
const allowed = ['example.com', 'acme.example.com', 'idp.example.com']

function denyForeignDomain(ctx, api) {
  const email = String(ctx.v1.user.human.email)
  const domain = email.slice(email.indexOf('@') + 1).toLowerCase()
  if (!allowed.some((known) => known === domain)) {
    throw new Error(`Registration with ${domain} is not possible`)
  }
  api.v1.user.appendMetadata('domain', domain)
}
