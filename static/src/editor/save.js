import { clock, count, read, same, write } from "./form.js";
import { alarm, announce } from "../js/lib/announce.js";
import { fields, follow, request } from "../js/lib/fragment.js";
import { text as t } from "../js/lib/text.js";
import { place } from "./parts.js";

// SaveState watches the form of an action: it says what is saved, saves in
// place, and keeps people from losing text.
export class SaveState {
  constructor(form, onSaved) {
    this.form = form;
    this.onSaved = onSaved;
    this.saved = read(form);
    this.title = document.title;
    form.addEventListener("input", () => this.changed());
    // Activating or deactivating replaces the head, and with it what it says.
    document.addEventListener("fragment", (event) => {
      if (event.target.id === "editor-head" && !this.saving) this.changed();
    });
    addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    count(form, document.getElementById("script-count"));
  }

  get dirty() {
    return !same(this.saved, read(this.form));
  }

  get label() {
    return document.getElementById("save-state");
  }

  say(text) {
    if (this.label) this.label.textContent = text;
  }

  changed() {
    document.title = (this.dirty ? "• " : "") + this.title;
    this.say(this.dirty ? t("actions.js.unsaved") : t("actions.js.all_saved"));
    count(this.form, document.getElementById("script-count"));
  }

  // save sends the form. The server answers with the parts of the page that
  // changed, or with a question in a dialog.
  async save(extra = {}) {
    if (this.saving) return;
    this.saving = true;
    const button = this.form.querySelector("[data-save]") || document.querySelector("[data-save]");
    this.busy(button, true);
    const sent = read(this.form);
    this.say(t("actions.js.saving"));
    const answer = await request(this.form.action, { method: "POST", body: withExtra(this.form, extra) });
    this.busy(button, false);
    if (answer.status === 0) return this.failed();
    if (follow(answer)) return;
    // Fields without a message stay as they are: somebody may be typing there.
    const keep = answer.ok && !this.form.querySelector(".field-error") ? ["fields"] : [];
    place(answer.body, keep);
    this.saving = false;
    if (answer.ok) this.done(sent);
    else this.refused();
  }

  done(sent) {
    this.saved = sent;
    this.title = document.title.replace(/^• /, "").replace(/^[^·]*·/, sent.name + " ·");
    this.changed();
    const text = t("actions.js.saved_at", { time: clock(new Date()) });
    if (!this.dirty) this.say(text);
    announce(text);
    this.onSaved();
  }

  // refused shows what the server asks, or leads to the summary of the faults.
  refused() {
    alarm(this.label.textContent);
    const dialog = document.querySelector("dialog[data-ask]");
    if (dialog) openQuestion(dialog, this);
    else document.querySelector("#fields [data-focus]")?.focus();
  }

  failed() {
    this.saving = false;
    const text = t("actions.js.not_saved", { reason: t("actions.js.no_connection") });
    this.say(text);
    alarm(text);
  }

  busy(button, on) {
    if (!button) return;
    if (on) {
      button.style.minInlineSize = button.offsetWidth + "px";
      button.dataset.label = button.firstChild.textContent;
      button.firstChild.textContent = t("actions.js.saving");
      button.setAttribute("aria-disabled", "true");
    } else {
      button.firstChild.textContent = button.dataset.label;
      button.removeAttribute("aria-disabled");
    }
  }

  restore(values) {
    write(this.form, values);
    this.changed();
  }
}

// openQuestion shows what the server asks before it saves. A button with
// data-extra="name=value" repeats the save with that field.
function openQuestion(dialog, state) {
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-extra], [data-merge], [data-forget-draft]");
    if (!button) return;
    if (button.dataset.forgetDraft !== undefined) return takeTheirs(state);
    event.preventDefault();
    const theirs = JSON.parse(document.getElementById("theirs")?.textContent || '""');
    dialog.close();
    if (button.dataset.merge) return merge(state, theirs, button.dataset.merge);
    const [name, value] = button.dataset.extra.split("=");
    state.save({ [name]: value });
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function takeTheirs(state) {
  state.leaving = true;
  state.forget();
}

// merge lets a person put the two texts together; saving then counts on top of
// the other one's state.
async function merge(state, theirs, sequence) {
  const { compare } = await import("./merge.js");
  const script = state.form.elements.script.value;
  compare({
    title: t("actions.js.merge"),
    left: theirs,
    right: script,
    leftLabel: t("actions.js.theirs"),
    rightLabel: t("actions.js.your_text"),
    onUse(text) {
      state.form.querySelector("action-editor").value = text;
      state.form.elements.sequence.value = sequence;
    },
  });
}

// withExtra returns the fields of the form with some more set.
export function withExtra(form, extra = {}) {
  const data = fields(form);
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  return data;
}
