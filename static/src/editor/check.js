import { goTo } from "./run.js";
import { request } from "../js/lib/fragment.js";
import { text as t } from "../js/lib/text.js";

const severities = { SEVERITY_ERROR: "error", SEVERITY_WARNING: "warning", SEVERITY_INFO: "info" };

// Check asks the server for the problems of the script while it is typed, and
// lists them below it. An answer that is outdated is dropped.
export class Check {
  #controller;
  #timer;

  constructor(form, box) {
    this.form = form;
    this.url = box.dataset.check;
    this.button = box.querySelector("button");
    this.list = box.querySelector("ul");
    this.button.addEventListener("click", () => this.#toggle(this.list.hidden));
    form.addEventListener("input", () => this.soon());
    form.elements.trigger?.addEventListener("change", () => this.soon());
    this.soon(0);
  }

  soon(delay = 300) {
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#timer = setTimeout(() => this.#ask(), delay);
  }

  async #ask() {
    this.#controller = new AbortController();
    const { name, script, trigger } = this.form.elements;
    const body = new URLSearchParams({
      name: name.value,
      script: script.value.replaceAll("\r\n", "\n"),
      trigger: trigger?.value || "",
    });
    try {
      const answer = await request(this.url, { method: "POST", body, signal: this.#controller.signal, retry: false });
      if (answer.ok) this.#show(JSON.parse(answer.body));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  #show(result) {
    const problems = (result.problems || []).map((p) => ({
      ...p,
      severity: severities[p.severity] || "info",
      source: p.rule === "syntax" ? t("actions.js.source_syntax") : t("actions.js.source_console"),
    }));
    const editor = this.form.querySelector("action-editor");
    if (editor) editor.problems = problems;
    this.functions = result.functions || [];
    this.button.hidden = false;
    this.button.textContent = t("actions.js.problems", { n: problems.length });
    this.button.setAttribute("aria-disabled", String(problems.length === 0));
    this.list.replaceChildren(...problems.map((p) => this.#item(p)));
    if (problems.length === 0) this.#toggle(false);
    this.form.dispatchEvent(new CustomEvent("checked", { detail: result }));
  }

  #toggle(open) {
    if (open && this.list.children.length === 0) return;
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }

  #item(problem) {
    const item = document.createElement("li");
    item.append(`${problem.source}: ${problem.message} `);
    if (problem.line)
      item.append(
        this.#link(t("runs.place", { line: problem.line, column: problem.column || 1 }), () =>
          goTo(this.form, problem.line, problem.column || 1),
        ),
      );
    if (problem.fix)
      item.append(
        " ",
        this.#link(problem.fix.title, () => this.form.querySelector("action-editor")?.fix(problem.fix)),
      );
    return item;
  }

  #link(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }
}
