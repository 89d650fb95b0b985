// Remembers where somebody registered.
function inviteSource(ctx, api) {
  const r = ctx.v1.httpRequest;
  api.v1.user.appendMetadata('registered', {
    agent: r.headers['User-Agent'][0], from: r.remoteAddr.split(':')[0], form: Object.keys(r.form).sort(),
    app: ctx.v1.authRequest?.applicationId ?? null, ip: String(ctx.v1.authRequest?.browserInfo.remoteIp),
  });
}
