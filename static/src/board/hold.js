// "Hold changes": drops are collected and applied together. Without it the
// class keeps out of the way.

import { ask, lists } from "./dialog.js";

export class Hold {
  constructor(board) {
    this.board = board;
    this.switch = board.querySelector("[data-hold]");
    this.bar = board.querySelector("[data-hold-bar]");
    this.key = `flowbench.hold.${board.dataset.org}`;
    const remembered = localStorage.getItem(this.key);
    this.set(remembered === null ? board.dataset.holdDefault === "true" : remembered === "on");
    this.switch.addEventListener("click", () => this.toggle());
    this.on_("[data-review]", () => this.review());
    this.on_("[data-apply]", () => this.apply());
    this.on_("[data-discard]", () => this.discard());
    addEventListener("beforeunload", (event) => this.held().length > 0 && event.preventDefault());
  }

  on_(selector, act) {
    this.bar.querySelector(selector).addEventListener("click", act);
  }

  get on() {
    return this.switch.getAttribute("aria-checked") === "true";
  }

  set(on) {
    this.switch.setAttribute("aria-checked", String(on));
  }

  // toggle refuses to switch off over changes that are not applied.
  toggle() {
    if (this.held().length > 0) return this.board.say(this.board.text("board.hold.first"));
    this.set(!this.on);
    localStorage.setItem(this.key, this.on ? "on" : "off");
    this.board.say(this.board.text(this.on ? "board.hold.now_on" : "board.hold.now_off"));
  }

  // held are the lanes with changes that are not applied.
  held() {
    return this.on && !this.board.saver.busy ? this.board.lanes.filter((lane) => lane.changed) : [];
  }

  refresh() {
    const held = this.held();
    for (const lane of this.board.lanes) {
      lane.element.querySelector("[data-changed]").hidden = !held.includes(lane);
    }
    this.bar.hidden = held.length === 0;
    this.bar.querySelector("[data-words]").textContent = this.board.text("board.hold.bar", { n: held.length });
    if (held.length > 0) this.board.showState("unsaved");
    else if (this.board.querySelector("[data-save-state=unsaved]")) this.board.showState("all_saved");
  }

  async review() {
    const { board } = this;
    const dialog = board.querySelector("[data-review-dialog]");
    const pairs = this.held().map((lane) => ({ label: lane.label, left: lane.saved, right: lane.shown }));
    const heads = [board.text("board.hold.before"), board.text("board.hold.after")];
    dialog.querySelector("[data-lists]").replaceChildren(...lists(board, pairs, heads));
    if ((await ask(dialog)) === "apply") this.apply();
  }

  apply() {
    const { board } = this;
    const changes = this.held().map((lane) => ({ lane, before: lane.saved, after: lane.shown }));
    if (changes.length === 0) return;
    board.problem.clear();
    board.saver.push({ kind: "applied", changes });
    this.bar.hidden = true;
    board.querySelector("[data-undo]").focus();
  }

  discard() {
    const { board } = this;
    for (const lane of board.lanes) lane.draw(lane.saved);
    board.history.reset();
    board.refresh();
    board.say(board.text("board.hold.discarded"));
    board.querySelector("[data-undo]").focus();
  }

  // putBack draws what the server has, except for held changes, which stay.
  putBack(operations) {
    if (operations.some(({ kind }) => kind === "applied")) return;
    for (const lane of this.board.lanes) lane.draw(lane.saved);
  }
}
