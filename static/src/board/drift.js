// Changes by others: the server tells of them while the board is open, and the
// lanes follow. Changes of one's own that are on their way come first.

import { announce } from "../js/lib/announce.js";
import { same } from "./lane.js";
import { restore } from "./operation.js";

const LATER = 200; // ms before news are looked at again that came at a bad time

export class Drift {
  constructor(board) {
    this.board = board;
    this.listen();
    document.addEventListener("visibilitychange", () => this.listen());
    addEventListener("pagehide", () => this.source?.close());
  }

  // listen keeps a stream open only while somebody looks, since browsers allow
  // few connections to one server.
  listen() {
    this.source?.close();
    if (document.hidden) return;
    this.source = new EventSource(this.board.dataset.news);
    this.source.addEventListener("message", (event) => {
      this.news = JSON.parse(event.data);
      this.follow();
    });
  }

  async follow() {
    clearTimeout(this.timer);
    const { board, news } = this;
    if (!news) return;
    if (board.dragging || board.saver?.busy || board.querySelector("dialog[open]")) {
      this.timer = setTimeout(() => this.follow(), LATER);
      return;
    }
    this.news = undefined;
    await this.learn(news.actions);
    for (const state of news.lanes) this.followLane(state, news.at);
    board.refresh();
  }

  // learn brings names and states of actions up to date.
  async learn(actions) {
    const { cards, palette, lanes } = this.board;
    for (const { id, name, inactive } of actions) {
      if (!cards.knows(id)) await palette.fetch(name);
      if (cards.knows(id) && cards.inactive(id) !== inactive) cards.setInactive(id, inactive);
    }
    for (const lane of lanes) lane.number();
  }

  // News may be older than a change of one's own that was saved meanwhile. A
  // cleared lane has no sequence, so what counts then is that of the
  // organization when the news were made.
  followLane(state, at) {
    const lane = this.board.laneBySlug(state.lane);
    if (!lane || lane.sequence === state.sequence) return;
    if (state.sequence < lane.sequence && at < lane.sequence) return;
    // A lane that cannot follow keeps its sequence, so that a later save asks
    // whose order counts.
    const mine = lane.shown;
    if (!lane.changed && !this.accept(lane, state)) return;
    if (!same(mine, state.actions)) this.note(lane, state, mine);
  }

  // accept draws a lane as the server has it.
  accept(lane, { sequence, actions }) {
    if (!actions.every((id) => this.board.cards.knows(id))) return false;
    lane.sequence = sequence;
    lane.saved = actions;
    lane.draw(actions);
    return true;
  }

  // note says at the lane who changed it. Tools that do not keep the order of a
  // list are named, and the order before is offered.
  note(lane, state, mine) {
    const { board } = this;
    const reordered = same([...mine].sort(), [...state.actions].sort());
    const key = reordered && state.source === "api" ? "order" : state.source === "api" ? "api" : "by";
    const message = board.text(`board.drift.${key}`, { name: state.by || board.text("board.drift.somebody") });
    const note = lane.element.querySelector("[data-note]");
    const button = note.querySelector("[data-restore]");
    note.hidden = false;
    note.querySelector("[data-words]").textContent = message;
    if (button) {
      button.hidden = key !== "order";
      button.onclick = () => {
        this.clear(lane);
        board.perform(restore(lane, mine));
        board.focusCard(lane);
      };
    }
    announce(`${lane.label}: ${message}`);
  }

  clear(lane) {
    lane.element.querySelector("[data-note]").hidden = true;
  }

  // take makes lanes equal to what the server has, after a conflict.
  async take({ lanes, actions }) {
    await this.learn(actions);
    for (const state of lanes) this.accept(this.board.laneBySlug(state.lane), state);
    this.board.refresh();
  }
}
