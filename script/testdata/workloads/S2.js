// Turns 20 grants of 3 roles into one list without repeats and a table by project.
function flatRoles(ctx, api) {
  const list = ctx.v1.user.grants;
  if (!list || list.count === 0) {
    return;
  }
  const flat = [];
  const known = {};
  const table = {};
  for (const g of list.grants) {
    const row = table[g.projectName] || (table[g.projectName] = []);
    for (const r of g.roles) {
      const id = g.projectId + ':' + r;
      if (known[id] !== true) {
        known[id] = true;
        flat.push(id);
      }
      row.push(r);
    }
  }
  api.v1.claims.setClaim('flat_roles', flat);
  api.v1.claims.setClaim('project_roles', table);
}
