// Written for an older portal. It fails, because a user has no "profile": the
// nickname is in human.nickName.
function legacyNickname(ctx, api) {
  const user = ctx.v1.getUser();
  api.v1.claims.setClaim('nickname', user.human.profile.nickName);
}
