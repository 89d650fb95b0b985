// One lane of the board: the element of a trigger and the actions in it.
// `shown` is what the person sees, `saved` what the server has confirmed.

export class Lane {
  constructor(element, cards) {
    this.element = element;
    this.cards = cards;
    this.list = element.querySelector("[data-cards]");
    this.slug = element.dataset.lane;
    this.label = element.dataset.label;
    this.sequence = Number(element.dataset.sequence);
    this.shown = this.items().map((item) => item.dataset.action);
    this.saved = this.shown;
  }

  // items are the cards on screen in order, without the drop mark.
  items() {
    return [...this.list.querySelectorAll(":scope > [data-action]")];
  }

  item(id) {
    return this.items().find((item) => item.dataset.action === id);
  }

  has(id) {
    return this.shown.includes(id);
  }

  get changed() {
    return !same(this.shown, this.saved);
  }

  // draw puts the cards into the order of ids, keeping the elements that are
  // there, so that focus and open parts survive.
  draw(ids) {
    const present = new Map(this.items().map((item) => [item.dataset.action, item]));
    for (const [id, item] of present) {
      if (!ids.includes(id)) item.remove();
    }
    ids.forEach((id, index) => {
      const item = present.get(id) ?? this.cards.make(id);
      const there = this.items()[index];
      if (there !== item) this.list.insertBefore(item, there ?? null);
    });
    this.shown = [...ids];
    this.number();
  }

  // number counts the way the server will run the lane: inactive actions are
  // skipped and get a dash.
  number() {
    let n = 0;
    for (const item of this.items()) {
      const skipped = item.hasAttribute("data-inactive");
      item.querySelector("[data-number]").textContent = skipped ? "–" : String(++n);
    }
    this.element.querySelector("[data-count]").textContent = String(this.shown.length);
    this.element.toggleAttribute("data-empty", this.shown.length === 0);
  }
}

export function same(a, b) {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
