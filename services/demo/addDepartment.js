// Copies what HR keeps in the user's metadata into the token.
const logger = require('zitadel/log');

const wanted = { department: 'department', employeeNumber: 'employee_number' };

function addDepartment(ctx, api) {
  let found = 0;
  for (const entry of ctx.v1.user.getMetadata().metadata) {
    const claim = wanted[entry.key];
    if (claim) {
      api.v1.claims.setClaim(claim, entry.value);
      found++;
    }
  }
  if (found === 0) {
    logger.warn('no HR data for user ' + ctx.v1.getUser().id);
  }
}
