// The flows board: cards in lanes, changed by pointer, keyboard and menus.
// Whatever moves a card ends in perform(), which draws, saves and remembers.

import { announce, alarm } from "../js/live.js";
import { text } from "../js/text.js";
import { Cards } from "./cards.js";
import { askConflict } from "./conflict.js";
import { Drift } from "./drift.js";
import { History } from "./history.js";
import { Hold } from "./hold.js";
import { Keyboard } from "./keyboard.js";
import { Lane } from "./lane.js";
import { Menus } from "./menus.js";
import { Palette } from "./palette.js";
import { Picker } from "./picker.js";
import { Pointer } from "./pointer.js";
import { Problem } from "./problem.js";
import { Saver } from "./save.js";
import { describe, inverse, move, remove } from "./operation.js";

export class FlowsBoard extends HTMLElement {
  connectedCallback() {
    if (this.lanes) return;
    this.text = text;
    this.cards = new Cards(this);
    this.lanes = [...this.querySelectorAll("[data-lane]")].map((element) => new Lane(element, this.cards));
    this.state = this.querySelector("[data-save-state]");
    this.palette = new Palette(this);
    this.drift = new Drift(this);
    if (this.hasAttribute("data-readonly")) return;
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
    this.setAttribute("data-ready", "");
  }

  laneOf(element) {
    const found = element?.closest("[data-lane]");
    return this.lanes.find((lane) => lane.element === found);
  }

  // canTake tells whether the lane may hold the action once more.
  canTake(lane, id, from) {
    return lane === from || !lane.has(id);
  }

  // move puts an action into a lane; from is the lane it leaves, or null when
  // it is added.
  move(id, from, to, index) {
    if (!this.canTake(to, id, from)) return this.refuse(id, to);
    this.perform(move(id, from, to, index));
  }

  remove(id, from) {
    this.perform(remove(id, from));
  }

  refuse(id, lane) {
    announce(text("board.announce.refused", { name: this.cards.name(id), lane: lane.label }), { toast: true });
  }

  // perform draws the operation at once and sends it, unless changes are held.
  perform(operation, { replay } = {}) {
    for (const { lane, after } of operation.changes) lane.draw(after);
    this.drawn();
    if (!operation.changes.some(({ before, after }) => before.join() !== after.join())) {
      announce(this.words(operation, "unchanged"));
      return;
    }
    if (!replay) this.history.add(operation);
    if (this.hold.on) {
      announce(this.words(operation, "held"), { toast: true });
      this.hold.refresh();
      return;
    }
    this.problem.clear();
    this.saver.push(operation);
  }

  words(operation, how) {
    return describe(operation, how, this.cards, text);
  }

  // drawn refreshes what depends on all lanes.
  drawn() {
    this.cards.showUsage(this.lanes, text);
    this.history.refresh();
  }

  saved(operation) {
    announce(this.words(operation, "done"), { toast: true });
    this.hold.refresh();
  }

  // failed puts back what could not be saved and says why.
  async failed(operations, failure) {
    this.cancelDrag();
    for (const lane of this.lanes) lane.draw(lane.saved);
    this.history.forget(operations);
    this.drawn();
    const again = () => operations.forEach((operation) => this.perform(operation));
    if (failure.conflict && (await this.settle(operations, failure.conflict))) return;
    this.showState("not_saved", { reason: failure.message });
    const names = [...new Set(operations.map(({ id }) => this.cards.name(id)))].join(", ");
    alarm(text("board.failed", { name: names, reason: failure.message }));
    this.problem.show(text("board.failed", { name: names, reason: failure.message }), again);
  }

  // settle asks what to do about lanes that somebody else changed meanwhile.
  async settle(operations, theirs) {
    const mine = new Map();
    for (const operation of operations) for (const { lane, after } of operation.changes) mine.set(lane, after);
    this.drift.take(theirs);
    const choice = await askConflict(this, theirs, mine);
    this.showState("all_saved");
    if (choice !== "mine") return true;
    const [first] = operations;
    const changes = [...mine].map(([lane, after]) => ({ lane, before: lane.shown, after }));
    this.perform({ ...first, changes });
    return true;
  }

  cancelDrag() {
    this.pointer?.cancel();
    this.keyboard?.cancel();
    this.menus?.close();
  }

  undo(operation) {
    this.perform(inverse(operation), { replay: true });
  }

  showState(name, values = {}) {
    if (name === "saved") {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      [name, values] = ["saved_at", { time }];
    }
    this.state.textContent = text(`board.state.${name}`, values);
    this.state.dataset.saveState = name;
  }

  // focusCard moves the focus to a part of a card: "handle" or "menu".
  focusCard(lane, id, part = "menu") {
    const target = lane.item(id)?.querySelector(`[data-${part}]`) ?? lane.element.querySelector("[data-heading]");
    target.focus();
  }
}

customElements.define("flows-board", FlowsBoard);
