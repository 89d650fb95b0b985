// The palette: its filter, and the search behind "Add action". While the page
// holds all actions both work here; beyond that the server searches.

import { request } from "../js/lib/fragment.js";
import { parse } from "../js/lib/trusted.js";
import { announce } from "../js/lib/announce.js";

const PAUSE = 200; // ms after the last key before asking the server

export class Palette {
  constructor(board) {
    this.board = board;
    this.element = board.querySelector("[data-palette]");
    this.list = this.element.querySelector("[data-cards]");
    this.complete = !this.element.hasAttribute("data-more");
    this.field = this.element.querySelector("[data-palette-filter]");
    this.none = this.element.querySelector("[data-none]");
    this.field.form.addEventListener("submit", (event) => event.preventDefault());
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.filter(), this.complete ? 0 : PAUSE);
    });
  }

  items() {
    return [...this.list.querySelectorAll(":scope > [data-action]")];
  }

  async filter() {
    const wanted = this.field.value;
    const ids = new Set(await this.search(wanted, true));
    if (wanted !== this.field.value) return;
    for (const item of this.items()) item.hidden = !ids.has(item.dataset.action);
    this.none.hidden = ids.size > 0;
    announce(this.board.text("board.filtered", { n: ids.size }));
  }

  // search returns the ids of matching actions, by name.
  async search(wanted, show) {
    if (!this.complete) await this.fetch(wanted, show);
    const part = wanted.trim().toLowerCase();
    return this.items().map((item) => item.dataset.action)
      .filter((id) => this.board.cards.name(id).toLowerCase().includes(part));
  }

  async fetch(wanted) {
    const answer = await request(`${this.board.dataset.url}?${new URLSearchParams({ q: wanted })}`);
    if (!answer.ok) return;
    const known = new Set(this.items().map((item) => item.dataset.action));
    for (const card of parse(answer.body).querySelectorAll("[data-palette] [data-action]")) {
      if (known.has(card.dataset.action)) continue;
      this.list.append(card);
      this.board.cards.learn(card);
    }
  }
}
