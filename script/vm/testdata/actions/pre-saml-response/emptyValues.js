// What becomes of missing and odd values.
function emptyValues(ctx, api) {
  api.v1.attributes.setCustomAttribute('none', '');
  api.v1.attributes.setCustomAttribute('odd', '', null, undefined, 7, true, ['a', 'b']);
}
