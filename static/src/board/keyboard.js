// Dragging with the keyboard: the handle picks the card up, the arrow keys
// move it for real but unsaved, Space or Enter drops, Escape puts it back.

import { announce } from "../js/lib/announce.js";

export class Keyboard {
  constructor(board) {
    this.board = board;
    board.addEventListener("click", (event) => this.click(event));
    board.addEventListener("keydown", (event) => this.key(event));
    board.addEventListener("focusout", () => this.grabbed && !this.moving && this.cancel());
  }

  // click comes from Space, Enter and assistive technology; a click of the
  // mouse has a count.
  click(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.detail !== 0) return;
    if (this.grabbed) this.drop();
    else this.grab(handle.closest("[data-action]"));
  }

  grab(card) {
    const { board } = this;
    const from = board.laneOf(card) ?? null;
    const id = card.dataset.action;
    board.menus.close();
    this.grabbed = { id, from, lane: from, index: from ? from.shown.indexOf(id) : -1, source: card };
    this.press(card, true);
    if (from) this.say("grabbed");
    else announce(board.text("board.announce.grabbed_new", { name: board.cards.name(id) }));
  }

  press(card, on) {
    card.querySelector("[data-handle]").setAttribute("aria-pressed", String(on));
    card.toggleAttribute("data-grabbed", on);
  }

  say(what) {
    const { id, lane, index } = this.grabbed;
    const { board } = this;
    announce(
      board.text(`board.announce.${what}`, { name: board.cards.name(id), i: index + 1, n: lane.items().length, lane: lane.label }),
    );
  }

  key(event) {
    if (!this.grabbed || !event.target.closest("[data-handle]")) return;
    if (event.key === "Tab") return this.cancel();
    if ((event.key === " " || event.key === "Enter") && event.repeat) return event.preventDefault();
    const rtl = getComputedStyle(this.board).direction === "rtl";
    const moves = {
      ArrowUp: () => this.within((index) => index - 1),
      ArrowDown: () => this.within((index) => index + 1),
      Home: () => this.within(() => 0),
      End: () => this.within((_, last) => last),
      ArrowLeft: () => this.across(rtl ? 1 : -1),
      ArrowRight: () => this.across(rtl ? -1 : 1),
      Escape: () => this.cancel(),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  }

  within(next) {
    const { lane, index } = this.grabbed;
    if (!lane) return this.across(1);
    const last = lane.items().length - 1;
    this.put(lane, Math.max(0, Math.min(last, next(index, last))));
  }

  // across goes to the next lane that can take the card.
  across(step) {
    const { lanes } = this.board;
    const { id, from, lane, index } = this.grabbed;
    let at = lane ? lanes.indexOf(lane) : step > 0 ? -1 : lanes.length;
    do at += step;
    while (lanes[at] && (lanes[at].hidden || !this.board.canTake(lanes[at], id, from)));
    const target = lanes[at];
    if (!target) return lane ? this.say("moved") : undefined;
    const length = target.shown.filter((other) => other !== id).length;
    this.put(target, lane ? Math.min(index, length) : length);
  }

  // put shows the card at a place of a lane and keeps the focus on its handle.
  put(lane, index) {
    const { grabbed } = this;
    this.moving = true;
    if (grabbed.lane && grabbed.lane !== lane) this.restore(grabbed.lane);
    const ids = lane.items().map((item) => item.dataset.action).filter((id) => id !== grabbed.id);
    ids.splice(index, 0, grabbed.id);
    Object.assign(grabbed, { lane, index });
    lane.preview(ids);
    const card = lane.item(grabbed.id);
    this.press(grabbed.source, false);
    this.press(card, true);
    const handle = card.querySelector("[data-handle]");
    handle.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.moving = false;
    this.say("moved");
  }

  // restore draws a lane without the card that is only passing through.
  restore(lane) {
    const { id } = this.grabbed;
    lane.preview(lane.shown.filter((other) => other !== id));
  }

  drop() {
    const { board } = this;
    const { id, from, lane, index } = this.grabbed;
    if (!lane) return this.cancel();
    this.moving = true;
    this.press(lane.item(id), false);
    this.grabbed = null;
    board.move(id, from, lane, index);
    board.focusCard(lane, id, "handle");
    this.moving = false;
  }

  cancel() {
    if (!this.grabbed) return;
    const { board } = this;
    const { id, from, lane, source } = this.grabbed;
    const focused = board.contains(document.activeElement) && document.activeElement.closest("[data-grabbed]");
    this.grabbed = null;
    this.moving = true;
    for (const each of new Set([from, lane])) each?.draw(each.shown);
    const card = from ? from.item(id) : source;
    this.press(card, false);
    if (focused) card.querySelector("[data-handle]").focus();
    this.moving = false;
    board.say(board.text("board.announce.cancelled", { name: board.cards.name(id) }));
  }
}
