// The menu of a card: everything that dragging can do, as single clicks. There
// is one menu element; it moves to the card whose button is pressed. Opening
// and keys are those of every menu of the console.

import { request } from "../js/lib/fragment.js";

export class Menus {
  constructor(board) {
    this.board = board;
    this.menu = document.createElement("div");
    this.menu.id = "board-menu";
    this.menu.className = "menu";
    this.menu.popover = "auto";
    this.menu.setAttribute("role", "menu");
    board.addEventListener("click", (event) => {
      const button = event.target.closest("[data-menu]");
      if (button && button !== this.button) this.attach(button);
    }, { capture: true });
    this.menu.addEventListener("beforetoggle", (event) => event.newState === "open" && this.fill());
    this.menu.addEventListener("toggle", (event) => event.newState === "closed" && this.menu.replaceChildren());
  }

  // attach makes the button the opener; the browser then opens the menu.
  attach(button) {
    this.close();
    this.button?.removeAttribute("popovertarget");
    this.button = button;
    button.setAttribute("popovertarget", this.menu.id);
    button.closest("[data-action]").append(this.menu);
    this.menu.setAttribute("aria-label", button.getAttribute("aria-label"));
  }

  close() {
    if (this.menu.matches(":popover-open")) this.menu.hidePopover();
  }

  fill() {
    const card = this.button.closest("[data-action]");
    const id = card.dataset.action;
    const lane = this.board.laneOf(card);
    const items = lane ? this.placed(id, lane) : this.additions(id, "add_to");
    this.menu.replaceChildren(...items, ...this.common(id));
  }

  placed(id, lane) {
    const { board } = this;
    const index = lane.shown.indexOf(id);
    const last = lane.shown.length - 1;
    const to = (place) => () => board.move(id, lane, lane, place);
    const others = board.lanes.filter((other) => !other.has(id));
    return [
      this.item("up", {}, to(index - 1), index === 0),
      this.item("down", {}, to(index + 1), index === last),
      this.item("top", {}, to(0), index === 0),
      this.item("bottom", {}, to(last), index === last),
      ...others.map((other) =>
        this.item("move_to", { lane: other.label }, () => board.move(id, lane, other, other.shown.length), false, other)),
      ...this.additions(id, "also_add_to"),
      this.item("remove_from", { lane: lane.label }, () => this.remove(id, lane)),
    ];
  }

  additions(id, key) {
    const { board } = this;
    return board.lanes.filter((lane) => !lane.has(id)).map((lane) =>
      this.item(key, { lane: lane.label }, () => board.move(id, null, lane, lane.shown.length)));
  }

  common(id) {
    const { cards } = this.board;
    const key = cards.inactive(id) ? "activate" : "deactivate";
    const edit = document.createElement("a");
    edit.href = cards.href(id);
    return [this.item(key, {}, () => this.setState(id, key)), this.dress(edit, "edit", {})];
  }

  // item makes one entry; with follow the focus goes along to that lane.
  item(key, values, act, disabled = false, follow) {
    const button = this.dress(document.createElement("button"), key, values);
    button.type = "button";
    if (disabled) button.setAttribute("aria-disabled", "true");
    else button.addEventListener("click", () => this.run(act, follow));
    return button;
  }

  dress(element, key, values) {
    element.className = "menu-item";
    element.tabIndex = -1;
    element.setAttribute("role", "menuitem");
    element.textContent = this.board.text(`board.menu.${key}`, values);
    return element;
  }

  run(act, follow) {
    const card = this.button.closest("[data-action]");
    const lane = follow ?? this.board.laneOf(card);
    this.close();
    act();
    if (lane) this.board.focusCard(lane, card.dataset.action);
    else this.button.focus();
  }

  // remove leaves the focus on the next card, else on the lane's heading.
  remove(id, lane) {
    const next = lane.shown[lane.shown.indexOf(id) + 1] ?? lane.shown.at(-2);
    this.board.remove(id, lane);
    queueMicrotask(() => this.board.focusCard(lane, next));
  }

  async setState(id, key) {
    const { board } = this;
    const answer = await request(board.dataset.url, {
      method: "POST",
      body: new URLSearchParams({ do: key, action: id }),
      headers: { Accept: "application/json" },
    });
    const name = board.cards.name(id);
    if (!answer.ok) return board.problem.report(board.text("board.failed.state", { name }), () => this.setState(id, key));
    board.cards.setInactive(id, key === "deactivate");
    for (const lane of board.lanes) lane.number();
    board.say(board.text(`board.announce.${key}d`, { name }));
  }
}
