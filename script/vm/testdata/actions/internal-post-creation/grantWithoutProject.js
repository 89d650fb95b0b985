// A grant without project is refused where it is made.
function grantWithoutProject(ctx, api) {
  api.v1.appendUserGrant({ roles: ['reader'] });
}
