// Notes on the new user which application they came from.
function tagNewUser(ctx, api) {
  const request = ctx.v1.authRequest
  api.v1.user.appendMetadata('signed-up-with', request ? request.applicationId : 'console')
}
