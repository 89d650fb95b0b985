// An operation is one thing a person did to the lanes: which action, which
// lists before and after. It can be turned round, so undo is an operation too.

import { same } from "./lane.js";

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

// restore brings a lane back to an order that somebody else changed.
export function restore(lane, ids) {
  return { kind: "restored", to: lane, changes: [{ lane, before: lane.shown, after: ids }] };
}

// inverse undoes an operation.
export function inverse(operation) {
  const changes = operation.changes.map(({ lane, before, after }) => ({ lane, before: after, after: before }));
  return { ...operation, changes };
}

// possible tells whether the lanes still are as the operation expects them.
export function possible(operation) {
  return operation.changes.every(({ lane, before }) => same(lane.shown, before));
}

export function changesNothing(operation) {
  return operation.changes.every(({ before, after }) => same(before, after));
}

// describe puts an operation into words. how is "done", "held" or "stays".
export function describe(operation, how, cards, text) {
  const name = cards.name(operation.id);
  if (operation.kind === "applied") return text("board.announce.applied", { n: operation.changes.length });
  if (operation.replayed) return text(`board.announce.${operation.replayed}`, { what: deed(operation, name, text) });
  if (operation.kind === "removed") return text("board.announce.removed", { name, lane: operation.from.label });
  const { lane, after } = operation.changes.at(-1);
  if (operation.kind === "restored") return text("board.announce.restored", { lane: lane.label });
  return text(`board.announce.${how}`, { name, i: after.indexOf(operation.id) + 1, n: after.length, lane: lane.label });
}

// deed is the short sentence for undo and redo, told as it was first done.
function deed({ kind, from, to }, name, text) {
  if (kind === "moved" && from === to) return text("board.did.reordered", { name, lane: to.label });
  if (kind === "moved") return text("board.did.moved", { name, from: from.label, to: to.label });
  return text(`board.did.${kind}`, { name, lane: (to ?? from).label });
}
