// "Add action": a searchable list per lane, following the ARIA combobox
// pattern. The button and its popover come from the server; without a script
// the popover holds a plain form.

export class Picker {
  constructor(board) {
    this.board = board;
    for (const lane of board.lanes) {
      const popover = lane.element.querySelector("[data-picker]");
      if (!popover) continue;
      popover.addEventListener("beforetoggle", (event) => event.newState === "open" && this.open(popover, lane));
      popover.addEventListener("toggle", (event) => event.newState === "open" && this.field.focus());
    }
  }

  open(popover, lane) {
    const { text } = this.board;
    Object.assign(this, { popover, lane });
    this.list = document.createElement("ul");
    this.list.id = `options-${lane.slug}`;
    this.list.className = "options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text("board.pick.list"));
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    this.field = document.createElement("input");
    this.field.className = "input";
    this.field.placeholder = text("board.pick.search");
    const roles = { role: "combobox", "aria-label": text("board.pick.search"), "aria-expanded": "true", "aria-controls": this.list.id, "aria-autocomplete": "list", autocomplete: "off" };
    for (const [name, value] of Object.entries(roles)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.search());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.note = document.createElement("p");
    this.note.className = "hint";
    popover.replaceChildren(this.field, this.list, this.note);
    this.search();
  }

  async search() {
    const { board, lane, field } = this;
    const wanted = field.value;
    const ids = await board.palette.search(wanted);
    if (field !== this.field || field.value !== wanted) return;
    const free = ids.filter((id) => !lane.has(id));
    this.list.replaceChildren(...free.map((id) => this.option(id)));
    this.list.hidden = free.length === 0;
    this.note.hidden = free.length > 0;
    this.note.textContent = board.text(wanted ? "board.no_match" : "board.pick.none");
    this.activate(this.list.firstElementChild);
  }

  option(id) {
    const { cards, text } = this.board;
    const option = document.createElement("li");
    option.id = `option-${id}`;
    option.dataset.id = id;
    option.setAttribute("role", "option");
    option.textContent = cards.name(id);
    if (cards.inactive(id)) {
      const state = document.createElement("span");
      state.className = "badge";
      state.textContent = text("board.inactive");
      option.append(" ", state);
    }
    return option;
  }

  activate(option) {
    this.active?.setAttribute("aria-selected", "false");
    this.active = option ?? undefined;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option?.id ?? "");
  }

  key(event) {
    const options = [...this.list.children];
    const at = options.indexOf(this.active);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in moves) {
      event.preventDefault();
      this.activate(options[(moves[event.key] + options.length) % options.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  choose(option) {
    if (!option) return;
    const { board, lane } = this;
    this.popover.hidePopover();
    board.move(option.dataset.id, null, lane, lane.shown.length);
  }
}
