// Dragging with mouse, pen and finger, on pointer events. A copy of the card
// follows the pointer, a dashed mark shows where it would land.

import { EdgeScroll } from "./scroll.js";

// THRESHOLD is how far a mouse moves before a press becomes a drag.
const THRESHOLD = 4;

// WIDEST is how wide the flying copy of a card gets, in px.
const WIDEST = 340;

export class Pointer {
  constructor(board) {
    this.board = board;
    this.scroll = new EdgeScroll(() => this.aim());
    this.mark = document.createElement("li");
    this.mark.className = "placeholder";
    this.mark.setAttribute("aria-hidden", "true");
    board.addEventListener("pointerdown", (event) => this.press(event));
    board.addEventListener("dragstart", (event) => event.preventDefault());
  }

  press(event) {
    if (this.stop || event.button !== 0 || !event.isPrimary) return;
    const card = event.target.closest("[data-action]");
    const handle = event.target.closest("[data-handle]");
    if (!card || (!handle && event.target.closest("button, input, select, [popover], summary"))) return;
    if (event.pointerType === "touch" && !handle) return;
    this.board.keyboard.cancel();
    this.start = { card, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    this.listen();
    if (event.pointerType === "touch") this.lift(event);
  }

  // listen is undone by stop(), which therefore also says that a press is on.
  listen() {
    const control = new AbortController();
    const on = (type, handler, target = window) =>
      target.addEventListener(type, handler, { signal: control.signal, capture: true });
    this.stop = () => {
      control.abort();
      this.stop = null;
    };
    on("pointermove", (event) => this.track(event));
    on("pointerup", (event) => this.mine(event) && this.release(event));
    on("pointercancel", (event) => this.mine(event) && this.cancel());
    on("lostpointercapture", (event) => this.mine(event) && this.dragging && this.cancel());
    on("keydown", (event) => this.key(event));
    on("keyup", (event) => this.key(event));
    on("contextmenu", (event) => this.dragging && event.preventDefault());
    on("blur", (event) => event.target === window && this.cancel());
  }

  get dragging() {
    return this.copy !== undefined;
  }

  mine(event) {
    return event.pointerId === this.start.pointer;
  }

  track(event) {
    if (!this.mine(event)) return;
    const far = Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) >= THRESHOLD;
    if (!this.dragging && far) this.lift(event);
    if (!this.dragging) return;
    this.alt = event.altKey;
    this.at = { x: event.clientX, y: event.clientY };
    this.aim();
    this.scroll.follow(event.clientY);
  }

  // lift turns the press into a drag.
  lift(event) {
    const { board } = this;
    const { card } = this.start;
    board.menus.close();
    board.setPointerCapture(event.pointerId);
    window.getSelection().removeAllRanges();
    this.id = card.dataset.action;
    this.from = board.laneOf(card) ?? null;
    this.at = { x: event.clientX, y: event.clientY };
    this.alt = event.altKey;
    this.copy = this.flyingCopy(card);
    card.classList.add("lifted");
    board.setAttribute("data-dragging", this.from ? "placed" : "new");
    this.markLanes();
    this.aim();
  }

  flyingCopy(card) {
    const box = card.getBoundingClientRect();
    const width = Math.min(box.width, WIDEST);
    this.grip = { x: Math.min(this.start.x - box.left, width - 16), y: this.start.y - box.top };
    this.mark.style.blockSize = `${box.height}px`;
    const copy = document.createElement("ul");
    copy.className = "flying";
    copy.inert = true;
    copy.setAttribute("aria-hidden", "true");
    copy.style.inlineSize = `${width}px`;
    copy.append(card.cloneNode(true));
    this.board.append(copy);
    return copy;
  }

  markLanes() {
    this.layout = new Map();
    for (const lane of this.board.lanes) {
      this.layout.set(lane, measure(lane));
      lane.element.dataset.drop = this.board.canTake(lane, this.id, this.from) ? "yes" : "no";
    }
  }

  // aim finds what is under the pointer and shows what a drop would do.
  aim() {
    const { x, y } = this.at;
    this.copy.style.transform = `translate(${x - this.grip.x}px, ${y - this.grip.y}px)`;
    this.target = this.find(document.elementFromPoint(x, y), y);
    const { lane, index } = this.target;
    const copies = this.alt && lane !== this.from;
    // In another lane the gap stays, so that nothing moves under the pointer.
    const leaves = Boolean(this.from && !copies && (lane || this.target.remove));
    this.start.card.classList.toggle("replaced", leaves && lane === this.from);
    this.start.card.classList.toggle("gap", leaves && lane !== this.from);
    this.board.toggleAttribute("data-adding", Boolean(this.from && copies));
    this.board.palette.element.toggleAttribute("data-over", Boolean(this.target.remove));
    for (const other of this.board.lanes) {
      other.element.toggleAttribute("data-over", other === lane || other === this.target.refused);
    }
    if (lane) this.show(lane, index);
    else this.mark.remove();
  }

  find(under, y) {
    if (this.from && under?.closest("[data-palette]")) return { remove: true };
    const lane = this.board.laneOf(under);
    if (!lane) return {};
    if (!this.board.canTake(lane, this.id, this.from)) return { refused: lane };
    return { lane, index: this.place(lane, y - lane.list.getBoundingClientRect().top) };
  }

  // place counts in the layout from before the drag, so that it depends on the
  // pointer alone and not on where the mark happens to stand. In its own lane a
  // card takes the place it is over, elsewhere it goes between two cards.
  place(lane, y) {
    const boxes = this.layout.get(lane);
    if (lane !== this.from) return boxes.filter(({ middle }) => middle <= y).length;
    const over = boxes.findIndex(({ end }) => y < end);
    return over < 0 ? boxes.length - 1 : over;
  }

  others(lane) {
    return lane.items().filter((item) => item.dataset.action !== this.id);
  }

  show(lane, index) {
    const next = this.others(lane)[index] ?? null;
    if (this.mark.parentNode === lane.list && this.mark.nextElementSibling === next) return;
    lane.list.insertBefore(this.mark, next);
  }

  key(event) {
    if (!this.dragging) return;
    if (event.key === "Alt") {
      event.preventDefault();
      this.alt = event.type === "keydown";
      this.aim();
    }
    if (event.key === "Escape" && event.type === "keydown") {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    }
  }

  release(event) {
    if (!this.dragging) return this.stop();
    this.track(event);
    swallowClick();
    const { board, id, from, target, alt } = this;
    this.end();
    if (target.remove) return board.remove(id, from);
    if (target.refused) return board.refuse(id, target.refused);
    if (!target.lane) return this.sayCancelled(id);
    board.move(id, alt && target.lane !== from ? null : from, target.lane, target.index);
  }

  // cancel puts everything back; it does nothing when no press is on.
  cancel() {
    if (!this.stop) return;
    if (!this.dragging) return this.stop();
    swallowClick();
    const { id } = this;
    this.end();
    this.sayCancelled(id);
  }

  sayCancelled(id) {
    const { board } = this;
    board.say(board.text("board.announce.cancelled", { name: board.cards.name(id) }));
  }

  end() {
    const { board } = this;
    this.stop();
    this.scroll.stop();
    if (board.hasPointerCapture(this.start.pointer)) board.releasePointerCapture(this.start.pointer);
    this.copy.remove();
    this.mark.remove();
    this.start.card.classList.remove("lifted", "replaced", "gap");
    board.removeAttribute("data-dragging");
    board.removeAttribute("data-adding");
    board.palette.element.removeAttribute("data-over");
    for (const lane of board.lanes) {
      delete lane.element.dataset.drop;
      lane.element.removeAttribute("data-over");
    }
    this.copy = undefined;
  }
}

// measure returns where the cards of a lane are, from the top of its list.
function measure(lane) {
  const { top } = lane.list.getBoundingClientRect();
  return lane.items().map((item) => {
    const box = item.getBoundingClientRect();
    return { middle: (box.top + box.bottom) / 2 - top, end: box.bottom - top };
  });
}

// swallowClick keeps the click that follows a drop from opening the link.
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
}
