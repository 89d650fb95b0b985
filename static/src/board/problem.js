// A failure that needs an answer: a line above the board with "Retry".

import { alarm } from "../js/lib/announce.js";

export class Problem {
  constructor(board) {
    this.element = board.querySelector("[data-problem]");
    this.words = this.element.querySelector("[data-words]");
    this.button = this.element.querySelector("[data-retry]");
    this.button.addEventListener("click", () => {
      const { again } = this;
      this.clear();
      again();
    });
  }

  report(message, again) {
    this.again = again;
    this.words.textContent = message;
    this.element.hidden = false;
    alarm(message);
  }

  clear() {
    if (this.element.contains(document.activeElement)) document.getElementById("main")?.focus();
    this.element.hidden = true;
    alarm("");
  }
}
