// Somebody else changed a lane while a change of ours was on its way.

import { ask, lists } from "./dialog.js";
import { same } from "./lane.js";

// settle takes over their lanes, shows both orders and lets the person choose.
// Nothing is saved unless they choose their own.
export async function settle(board, operations, theirs) {
  const mine = new Map(operations.flatMap(({ changes }) => changes.map(({ lane, after }) => [lane, after])));
  await board.drift.take(theirs);
  const dialog = board.querySelector("[data-conflict]");
  const heads = [board.text("board.conflict.theirs"), board.text("board.conflict.mine")];
  const pairs = [...mine].filter(([lane, after]) => !same(lane.saved, after))
    .map(([lane, after]) => ({ label: lane.label, left: lane.saved, right: after }));
  dialog.querySelector("[data-lists]").replaceChildren(...lists(board, pairs, heads));
  if ((await ask(dialog)) !== "mine") {
    board.showState("all_saved");
    board.say(board.text("board.announce.kept_theirs"));
    return;
  }
  const changes = [...mine].map(([lane, after]) => ({ lane, before: lane.shown, after }));
  const { replayed, original, ...last } = operations.at(-1);
  board.perform({ ...last, changes: changes.filter(({ before, after }) => !same(before, after)) });
}
