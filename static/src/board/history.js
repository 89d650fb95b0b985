// Undo and redo for the whole visit. Each step is an ordinary operation that
// is saved like any other.

import { inverse, possible } from "./operation.js";

export class History {
  constructor(board) {
    this.board = board;
    this.past = [];
    this.future = [];
    this.undoButton = board.querySelector("[data-undo]");
    this.redoButton = board.querySelector("[data-redo]");
    this.undoButton.addEventListener("click", () => this.undo());
    this.redoButton.addEventListener("click", () => this.redo());
    document.addEventListener("keydown", (event) => this.key(event));
    this.refresh();
  }

  reset() {
    this.past = [];
    this.future = [];
  }

  add(operation) {
    this.past.push(operation);
    this.future = [];
    this.refresh();
  }

  // forget takes back operations that never came to be.
  forget(operations) {
    for (const operation of [...operations].reverse()) {
      if (operation.replayed === "undone") shift(this.future, this.past, operation.original);
      else if (operation.replayed === "redone") shift(this.past, this.future, operation.original);
      else shift(this.past, null, operation);
    }
    this.refresh();
  }

  // again performs operations that were put back once more.
  again(operations) {
    for (const operation of operations) {
      if (operation.replayed === "undone") this.undo();
      else if (operation.replayed === "redone") this.redo();
      else this.board.perform(operation);
    }
  }

  undo() {
    this.step(this.past, this.future, "undone", inverse);
  }

  redo() {
    this.step(this.future, this.past, "redone", (operation) => operation);
  }

  step(source, target, replayed, turn) {
    const original = source.at(-1);
    if (!original || this.board.dragging) return;
    source.pop();
    const operation = { ...turn(original), replayed, original };
    if (!possible(operation)) {
      this.board.say(this.board.text("board.announce.cannot_undo"));
      this.refresh();
      return;
    }
    target.push(original);
    this.board.perform(operation);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (!redo && key !== "z") return;
    event.preventDefault();
    if (redo) this.redo();
    else this.undo();
  }

  refresh() {
    this.undoButton.setAttribute("aria-disabled", String(this.past.length === 0));
    this.redoButton.setAttribute("aria-disabled", String(this.future.length === 0));
  }
}

function shift(source, target, operation) {
  const index = source.lastIndexOf(operation);
  if (index < 0) return;
  source.splice(index, 1);
  target?.push(operation);
}
