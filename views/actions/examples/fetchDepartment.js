// Asks a directory service for the department of the user. Untick "Allowed to
// fail" only if sign-in should stop while that service is down.
const http = require('zitadel/http')
const logger = require('zitadel/log')

function fetchDepartment(ctx, api) {
  const id = ctx.v1.getUser().id
  const answer = http.fetch(`https://directory.example.com/people/${id}`)
  if (answer.status !== 200) {
    logger.warn('directory answered ' + answer.status)
    return
  }
  api.v1.claims.setClaim('department', answer.json().department)
}
