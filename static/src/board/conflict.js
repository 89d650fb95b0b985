// Somebody else changed a lane while a change of ours was on its way.

import { ask, lists } from "./dialog.js";
import { same } from "./lane.js";

// settle takes over their lanes, shows both orders and lets the person choose.
// Nothing is saved unless they choose their own.
export async function settle(board, operations, theirs) {
  const mine = new Map(operations.flatMap(({ changes }) => changes.map(({ lane, after }) => [lane, after])));
  const held = operations.at(-1).kind === "applied";
  const untouched = held ? unchanged(board, theirs) : [];
  await board.drift.take(theirs);
  const differing = [...mine].filter(([lane, after]) => !same(lane.saved, after));
  if ((await choose(board, differing.filter(([lane]) => !untouched.includes(lane)))) === "mine") {
    again(board, operations.at(-1), differing);
    return;
  }
  for (const lane of untouched) lane.draw(mine.get(lane));
  board.showState("all_saved");
  board.refresh();
  board.say(board.text("board.announce.kept_theirs"));
}

// unchanged are the lanes that only we have changed.
function unchanged(board, { lanes }) {
  return lanes.map((state) => ({ lane: board.laneBySlug(state.lane), state }))
    .filter(({ lane, state }) => lane.sequence === state.sequence).map(({ lane }) => lane);
}

function choose(board, differing) {
  const dialog = board.querySelector("[data-conflict]");
  const heads = [board.text("board.conflict.theirs"), board.text("board.conflict.mine")];
  const pairs = differing.map(([lane, after]) => ({ label: lane.label, left: lane.saved, right: after }));
  dialog.querySelector("[data-lists]").replaceChildren(...lists(board, pairs, heads));
  return ask(dialog);
}

// again saves our lists over theirs.
function again(board, { replayed, original, ...last }, differing) {
  const changes = differing.map(([lane, after]) => ({ lane, before: lane.saved, after }));
  if (last.kind !== "applied") {
    board.perform({ ...last, changes });
    return;
  }
  for (const { lane, after } of changes) lane.draw(after);
  board.saver.push({ ...last, changes });
}
