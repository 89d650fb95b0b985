// The cards: one pattern per action, from which cards of further lanes are
// copied. The server renders every card; nothing is built from strings here.

export class Cards {
  constructor(root) {
    this.root = root;
    this.patterns = new Map();
    root.querySelectorAll("[data-action]").forEach((card) => this.learn(card));
  }

  // learn turns the plain form of a card into a menu button and remembers the
  // card as a pattern.
  learn(card) {
    card.querySelector("[data-plain]")?.remove();
    const menu = card.querySelector("[data-menu]");
    for (const name of ["popovertarget", "form", "name", "value"]) menu?.removeAttribute(name);
    menu?.setAttribute("type", "button");
    menu?.setAttribute("aria-haspopup", "menu");
    menu?.setAttribute("aria-expanded", "false");
    if (!this.patterns.has(card.dataset.action)) this.patterns.set(card.dataset.action, card.cloneNode(true));
  }

  make(id) {
    const card = this.patterns.get(id).cloneNode(true);
    card.querySelector("[data-result]")?.remove();
    return card;
  }

  knows(id) {
    return this.patterns.has(id);
  }

  name(id) {
    return this.patterns.get(id)?.dataset.name ?? id;
  }

  href(id) {
    return this.patterns.get(id).querySelector("a").href;
  }

  inactive(id) {
    return this.patterns.get(id).hasAttribute("data-inactive");
  }

  // setInactive changes the look of every card of the action.
  setInactive(id, inactive) {
    this.patterns.get(id).toggleAttribute("data-inactive", inactive);
    const copies = this.root.querySelectorAll(`[data-action="${CSS.escape(id)}"]`);
    for (const card of [this.patterns.get(id), ...copies]) this.refresh(card);
  }

  refresh(card) {
    const inactive = this.inactive(card.dataset.action);
    card.toggleAttribute("data-inactive", inactive);
    card.querySelector("[data-skipped]").hidden = !inactive;
  }

  // showUsage writes on the palette cards in how many lanes an action stands.
  showUsage(lanes, text) {
    for (const card of this.root.querySelectorAll("[data-palette] [data-action]")) {
      const n = lanes.filter((lane) => lane.has(card.dataset.action)).length;
      card.querySelector("[data-usage]").textContent = n ? text("board.used_in", { n }) : "";
    }
  }
}
