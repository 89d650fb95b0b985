import { clock, read, same } from "./form.js";
import { text as t } from "../js/lib/text.js";

const pause = 1500;

// Drafts keeps unsaved text in the browser, per user, organization and action,
// and offers it when the page is opened again.
export class Drafts {
  #timer;

  constructor(form, state, notice) {
    this.form = form;
    this.state = state;
    this.notice = notice;
    this.key = form.dataset.draft;
    this.#offer();
    form.addEventListener("input", () => this.#soon());
    addEventListener("pagehide", () => this.#keep());
  }

  clear() {
    storage((s) => s.removeItem(this.key));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), pause);
  }

  #keep() {
    clearTimeout(this.#timer);
    if (!this.state.dirty) return this.clear();
    storage((s) => s.setItem(this.key, JSON.stringify({ at: Date.now(), values: read(this.form) })));
  }

  #offer() {
    const draft = parse(storage((s) => s.getItem(this.key)));
    if (!draft || same(draft.values, this.state.saved)) return;
    this.notice.querySelector("[data-when]").textContent = t("actions.js.draft", { time: clock(new Date(draft.at)) });
    this.notice.hidden = false;
    this.notice.addEventListener("click", (event) => this.#decide(event.target.closest("button")?.dataset.do, draft));
  }

  async #decide(what, draft) {
    if (!what) return;
    if (what === "compare") {
      const { compare } = await import("./merge.js");
      return compare({
        title: t("actions.js.compare_draft"),
        left: this.form.elements.script.value,
        right: draft.values.script,
        leftLabel: t("actions.js.saved_text"),
        rightLabel: t("actions.js.your_text"),
      });
    }
    if (what === "restore") this.state.restore(draft.values);
    else this.clear();
    this.notice.hidden = true;
    this.form.elements.name.focus();
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// A browser may refuse storage; then there are no drafts.
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
