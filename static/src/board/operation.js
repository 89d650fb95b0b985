// An operation is one thing a person did to the lanes: which action, which
// lists before and after. It can be turned round, so undo is an operation too.

export function move(id, from, to, index) {
  const target = to.shown.filter((other) => other !== id);
  target.splice(index, 0, id);
  const changes = [{ lane: to, before: to.shown, after: target }];
  if (from && from !== to) {
    changes.unshift({ lane: from, before: from.shown, after: from.shown.filter((other) => other !== id) });
  }
  return { kind: from ? "moved" : "added", id, from, to, changes };
}

export function remove(id, from) {
  const after = from.shown.filter((other) => other !== id);
  return { kind: "removed", id, from, to: null, changes: [{ lane: from, before: from.shown, after }] };
}

// inverse undoes an operation, and its own inverse does it again.
export function inverse(operation) {
  const changes = operation.changes.map(({ lane, before, after }) => ({ lane, before: after, after: before }));
  return { ...operation, changes, undoes: !operation.undoes };
}

// fits tells whether the lanes still are as the operation left them.
export function fits(operation) {
  return operation.changes.every(({ lane, after }) => lane.shown.join() === after.join());
}

// describe puts an operation into words. how is "done", "held" or "unchanged".
export function describe(operation, how, cards, text) {
  const name = cards.name(operation.id);
  if (operation.replayed) return text(`board.announce.${operation.replayed}`, { what: what(operation, name, text) });
  if (operation.kind === "removed") {
    return text("board.announce.removed", { name, lane: operation.from.label });
  }
  const lane = operation.to;
  const place = { name, i: lane.shown.indexOf(operation.id) + 1, n: lane.shown.length, lane: lane.label };
  return text(`board.announce.${how}`, place);
}

// what is the short sentence for undo and redo, told as it was first done.
function what({ kind, id, from, to }, name, text) {
  if (kind === "moved" && from === to) return text("board.did.reordered", { name, lane: to.label });
  if (kind === "moved") return text("board.did.moved", { name, from: from.label, to: to.label });
  return text(`board.did.${kind}`, { name, lane: (to ?? from).label });
}
