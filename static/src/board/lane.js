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
    this.gone = new Map();
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

  // hidden is a lane of a flow that the filter leaves out.
  get hidden() {
    return this.element.closest("[hidden]") !== null;
  }

  get changed() {
    return !same(this.shown, this.saved);
  }

  draw(ids) {
    this.preview(ids);
    this.shown = [...ids];
  }

  // preview puts the cards into the order of ids without making it the lane's
  // order. It keeps the elements that are there, so that focus survives.
  preview(ids) {
    for (const item of this.items()) {
      if (ids.includes(item.dataset.action)) continue;
      this.gone.set(item.dataset.action, item);
      item.remove();
    }
    ids.forEach((id, index) => {
      const there = this.items()[index];
      if (there?.dataset.action !== id) this.list.insertBefore(this.card(id), there ?? null);
    });
    this.number();
  }

  card(id) {
    const item = this.item(id) ?? this.gone.get(id) ?? this.cards.make(id);
    this.gone.delete(id);
    this.cards.refresh(item);
    return item;
  }

  // number counts the way the server will run the lane: inactive actions are
  // skipped and get a dash.
  number() {
    let n = 0;
    const items = this.items();
    for (const item of items) {
      const skipped = item.hasAttribute("data-inactive");
      item.querySelector("[data-number]").textContent = skipped ? "–" : String(++n);
    }
    this.element.querySelector("[data-count]").textContent = String(items.length);
    this.element.toggleAttribute("data-filled", items.length > 0);
  }
}

export function same(a, b) {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
