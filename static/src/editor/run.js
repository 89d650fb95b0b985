import { alarm, announce } from "../js/lib/announce.js";
import { fields, request } from "../js/lib/fragment.js";
import { text as t } from "../js/lib/text.js";
import { place } from "./parts.js";

// TestRun runs what is on the screen and shows the result. Stop ends the
// request, and with it the run on the server.
export class TestRun {
  #controller;
  #timer;

  constructor(form) {
    this.form = form;
    // One button stands in the panel and one in the bar of narrow pages.
    this.buttons = [...form.querySelectorAll("[data-run]")];
    this.text = this.#labels[0].textContent;
  }

  get #labels() {
    return this.buttons.map((button) => button.querySelector("[data-text]"));
  }

  #say(text) {
    for (const label of this.#labels) label.textContent = text;
  }

  get region() {
    return document.getElementById("result");
  }

  // press is what the button does: run, or stop the run.
  press() {
    if (this.#controller) this.#controller.abort();
    else this.run();
  }

  async run() {
    const started = performance.now();
    this.#controller = new AbortController();
    this.#busy(started);
    try {
      const answer = await request(this.buttons[0].formAction, {
        method: "POST",
        body: fields(this.form),
        signal: this.#controller.signal,
      });
      if (answer.status === 0) throw new TypeError("no connection");
      place(answer.body);
      this.#show();
    } catch (error) {
      this.#failed(error, performance.now() - started);
    } finally {
      this.#idle();
    }
  }

  #busy(started) {
    this.region.setAttribute("aria-busy", "true");
    this.#say(t("actions.js.stop"));
    const tick = () =>
      this.#say(t("actions.js.stop_after", { seconds: ((performance.now() - started) / 1000).toFixed(1) }));
    this.#timer = setInterval(tick, 500);
  }

  #idle() {
    clearInterval(this.#timer);
    this.#controller = undefined;
    this.#say(this.text);
    this.region.setAttribute("aria-busy", "false");
  }

  #show() {
    const editor = this.form.querySelector("action-editor");
    const headline = this.region.querySelector("[data-announce]");
    if (headline) announce(headline.dataset.announce);
    if (this.region.getBoundingClientRect().top > innerHeight) this.region.scrollIntoView({ block: "center" });
    const link = this.region.querySelector("a[data-failure]");
    if (editor) editor.failure = link ? failureAt(link) : null;
  }

  #failed(error, elapsed) {
    const stopped = error.name === "AbortError";
    const text = stopped
      ? t("actions.js.stopped", { seconds: (elapsed / 1000).toFixed(1) })
      : t("actions.js.no_connection");
    const heading = document.createElement("h3");
    heading.textContent = text;
    this.region.replaceChildren(heading);
    if (stopped) announce(text);
    else alarm(text);
  }
}

function failureAt(link) {
  return {
    line: Number(link.dataset.line),
    column: Number(link.dataset.column),
    severity: "error",
    message: link.dataset.failure,
    source: "",
  };
}

// followPlaces lets links of a result lead to the place in the script.
export function followPlaces(root, form) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(form, Number(link.dataset.line), Number(link.dataset.column));
  });
}

export function goTo(form, line, column) {
  const editor = form.querySelector("action-editor");
  if (editor && editor.goTo) return editor.goTo(line, column);
  const field = form.elements.script;
  const start =
    field.value
      .split("\n")
      .slice(0, line - 1)
      .reduce((sum, row) => sum + row.length + 1, 0) +
    column -
    1;
  field.focus();
  field.setSelectionRange(start, start);
}
