// The buttons above the board: all flows or one of them, kept in the address.
// The page does not load again, so that the steps to undo stay.

export class Filter {
  constructor(board) {
    this.form = board.querySelector("[data-flow-filter]");
    this.flows = [...board.querySelectorAll("[data-flow]")];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value } = event.submitter;
      history.pushState(null, "", value ? `?${new URLSearchParams({ flow: value })}` : location.pathname);
      this.show();
    });
    addEventListener("popstate", () => this.show());
  }

  show() {
    const wanted = new URLSearchParams(location.search).get("flow") ?? "";
    for (const flow of this.flows) flow.hidden = wanted !== "" && flow.dataset.flow !== wanted;
    for (const button of this.form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === wanted));
    }
  }
}
