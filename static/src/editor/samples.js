import { toast } from "../js/lib/announce.js";
import { fields, request } from "../js/lib/fragment.js";
import { text as t } from "../js/lib/text.js";

// Samples leaves only the samples of the chosen trigger in the list, fills the
// field for editing when it is opened, and saves samples in place.
export class Samples {
  #filled = "";

  constructor(form) {
    this.form = form;
    this.all = [...this.#list.options].map((option) => option.cloneNode(true));
    this.box = form.querySelector("[data-context]");
    this.#show();
    form.elements.trigger.addEventListener("change", () => {
      this.#show();
      this.#fill();
    });
    this.#list.addEventListener("change", () => this.#fill());
    this.box.addEventListener("toggle", () => this.#fill());
  }

  get #list() {
    return this.form.elements.sample;
  }

  #show(key = this.#list.value) {
    const trigger = this.form.elements.trigger.value;
    const fitting = this.all.filter((option) => option.value.startsWith(trigger + "/"));
    const chosen = fitting.find((option) => option.value === key) || fitting[0];
    this.#list.replaceChildren(...fitting.map((option) => option.cloneNode(true)));
    if (chosen) this.#list.value = chosen.value;
  }

  // A text that somebody edited is never overwritten.
  async #fill() {
    const { context } = this.form.elements;
    if (!this.box.open || (context.value !== "" && context.value !== this.#filled)) return;
    const answer = await request(`${this.#list.dataset.samples}?key=${encodeURIComponent(this.#list.value)}`);
    if (answer.ok) context.value = this.#filled = JSON.stringify(JSON.parse(answer.body), null, 2);
  }

  // save keeps the edited context under the name that was typed.
  async save(button) {
    const answer = await request(button.formAction, { method: "POST", body: fields(this.form) });
    if (answer.status !== 200 && answer.status !== 422) return toast(t("script.failed"), { danger: true });
    const { key, label, message } = JSON.parse(answer.body);
    toast(message, { danger: !answer.ok });
    if (!answer.ok) return this.form.elements.sampleName.focus();
    this.all.push(new Option(label, key));
    this.#filled = this.form.elements.context.value;
    this.#show(key);
    this.form.elements.sampleName.value = "";
  }
}
