// Genders are numbers; text that is none becomes 0.
function gender(ctx, api) {
  api.setGender(2);
  api.setGender('3');
  api.setGender('female');
}
