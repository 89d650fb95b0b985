// Works on about 10 KB of text: build, split, filter by regular expression, join, encode.
function textWork(ctx, api) {
  var user = ctx.v1.getUser();
  var line = user.id + ';' + user.human.email + ';' + user.human.displayName + ';active\n';
  var text = '';
  while (text.length < 10240) {
    text += line;
  }
  var rows = text.split('\n').filter(function (r) { return /^[0-9]+;[^;@]+@[a-z.]+;/.test(r); });
  var out = rows.map(function (r, i) {
    var p = r.split(';');
    return i + '=' + p[1].toUpperCase().replace(/[^A-Z0-9@.]/g, '_') + '|' + encodeURIComponent(p[2]);
  }).join('&');
  var h = 0;
  for (var i = 0; i < out.length; i++) {
    h = (h * 31 + out.charCodeAt(i)) | 0;
  }
  api.v1.claims.setClaim('digest', h);
  api.v1.claims.setClaim('size', out.length);
}
