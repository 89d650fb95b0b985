// The flows board: cards in lanes, changed by pointer, keyboard and menus.
// Whatever moves a card ends in perform(), which draws, saves and remembers.

import { toast } from "../js/lib/announce.js";
import { text } from "../js/lib/text.js";
import { Cards } from "./cards.js";
import { settle } from "./conflict.js";
import { Drift } from "./drift.js";
import { Filter } from "./filter.js";
import { History } from "./history.js";
import { Hold } from "./hold.js";
import { Keyboard } from "./keyboard.js";
import { Lane } from "./lane.js";
import { Menus } from "./menus.js";
import { changesNothing, describe, move, remove } from "./operation.js";
import { Palette } from "./palette.js";
import { Picker } from "./picker.js";
import { Pointer } from "./pointer.js";
import { Problem } from "./problem.js";
import { Saver } from "./save.js";

export class FlowsBoard extends HTMLElement {
  connectedCallback() {
    if (this.lanes) return;
    this.text = text;
    this.cards = new Cards(this);
    this.lanes = [...this.querySelectorAll("[data-lane]")].map((element) => new Lane(element, this.cards));
    this.palette = new Palette(this);
    this.filter = new Filter(this);
    if (!this.hasAttribute("data-readonly")) this.makeEditable();
    this.drift = new Drift(this);
    this.dataset.ready = "";
  }

  makeEditable() {
    this.saver = new Saver({
      url: this.dataset.url,
      text,
      done: (operation) => this.saved(operation),
      failed: (operations, failure) => this.failed(operations, failure),
      changed: (state) => this.showState(state),
    });
    this.problem = new Problem(this);
    this.history = new History(this);
    this.hold = new Hold(this);
    this.pointer = new Pointer(this);
    this.keyboard = new Keyboard(this);
    this.menus = new Menus(this);
    this.picker = new Picker(this);
  }

  get dragging() {
    return Boolean(this.pointer?.dragging || this.keyboard?.grabbed);
  }

  laneOf(element) {
    const found = element?.closest("[data-lane]");
    return this.lanes.find((lane) => lane.element === found);
  }

  laneBySlug(slug) {
    return this.lanes.find((lane) => lane.slug === slug);
  }

  // canTake tells whether the lane may hold the action; from is the lane that
  // the card would leave.
  canTake(lane, id, from) {
    return lane === from || !lane.has(id);
  }

  // move puts an action into a lane; from is null when it is added.
  move(id, from, to, index) {
    if (this.canTake(to, id, from)) this.perform(move(id, from, to, index));
    else this.refuse(id, to);
  }

  remove(id, from) {
    this.perform(remove(id, from));
  }

  refuse(id, lane) {
    this.say(text("board.announce.refused", { name: this.cards.name(id), lane: lane.label }));
  }

  // perform draws the operation at once and sends it, unless changes are held.
  perform(operation) {
    for (const { lane, after } of operation.changes) {
      lane.draw(after);
      this.drift.clear(lane);
    }
    this.refresh();
    if (changesNothing(operation)) {
      this.say(this.words(operation, "stays"));
      return;
    }
    if (!operation.replayed) this.history.add(operation);
    if (this.hold.on) {
      this.say(this.words(operation, "held"));
      return;
    }
    this.problem.clear();
    this.saver.push(operation);
  }

  words(operation, how) {
    return describe(operation, how, this.cards, text);
  }

  // refresh shows what depends on all lanes.
  refresh() {
    this.cards.showUsage(this.lanes, text);
    this.history?.refresh();
    this.hold?.refresh();
  }

  saved(operation) {
    this.refresh();
    this.say(this.words(operation, "done"));
  }

  // failed puts back what could not be saved and says why.
  failed(operations, failure) {
    this.cancelDrag();
    this.hold.putBack(operations);
    this.history.forget(operations);
    this.refresh();
    this.showState("not_saved", { reason: failure.reason });
    if (failure.theirs) return settle(this, operations, failure.theirs);
    const names = [...new Set(operations.filter(({ id }) => id).map(({ id }) => this.cards.name(id)))].join(", ");
    const message = names ? text("board.failed", { name: names, reason: failure.reason }) : text("board.failed.all", failure);
    this.problem.report(message, () => this.history.again(operations));
  }

  cancelDrag() {
    this.pointer.cancel();
    this.keyboard.cancel();
    this.menus.close();
  }

  // say announces and shows a message in place of the one before.
  say(message) {
    this.closeToast?.();
    this.closeToast = toast(message);
  }

  showState(name, values = {}) {
    const state = this.querySelector("[data-save-state]");
    if (name === "saved") values = { time: clock() };
    state.textContent = text(`board.state.${name}`, values);
    state.dataset.saveState = name;
  }

  // focusCard moves the focus to a part of a card, "handle" or "menu", or to
  // the heading of the lane when the card is not there.
  focusCard(lane, id, part = "menu") {
    const target = lane.item(id)?.querySelector(`[data-${part}]`) ?? lane.element.querySelector("[data-heading]");
    target.focus();
  }
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

customElements.define("flows-board", FlowsBoard);
