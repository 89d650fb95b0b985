import { Check } from "./check.js";
import { enhanceCompare } from "./compare.js";
import { divide } from "./divider.js";
import { Drafts } from "./drafts.js";
import "./element.js";
import { offerRename } from "./rename-offer.js";
import { enhanceResult } from "./result.js";
import { followPlaces, TestRun } from "./run.js";
import { Samples } from "./samples.js";
import { SaveState } from "./save.js";
import { enhanceTabs } from "./tabs.js";

const form = document.querySelector("form[data-editor]");
if (form) start(form);
enhanceResult(document);
enhanceCompare(document);

function start(form) {
  const find = (selector) => document.querySelector(selector);
  const editor = form.querySelector("action-editor");
  let drafts;
  const state = new SaveState(form, () => drafts?.clear());
  if (form.dataset.draft) drafts = new Drafts(form, state, find("[data-draft-notice]"));
  state.forget = () => drafts?.clear();
  const run = find("[data-run]") ? new TestRun(form) : null;
  if (find("[data-check]")) new Check(form, find("[data-check]"));
  followPlaces(document.body, form);
  offerRename(form, editor, find("[data-rename]"));
  enhanceTabs(find("[role=tablist]"));
  const samples = form.elements.sample ? new Samples(form) : null;
  divide(find(".editor-page"), find(".editor-divider"));

  const trigger = form.elements.trigger;
  if (trigger) {
    editor.trigger = trigger.value;
    trigger.addEventListener("change", () => {
      editor.trigger = trigger.value;
    });
  }
  form.addEventListener("input", (event) => {
    if (event.target.name === "name") editor.label = form.dataset.label.replace("{name}", event.target.value);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-run")) {
      event.preventDefault();
      return run.press();
    }
    if (event.submitter?.hasAttribute("data-save-sample")) {
      event.preventDefault();
      return samples.save(event.submitter);
    }
    if (form.dataset.editor === "new") {
      state.leaving = true;
      return;
    }
    event.preventDefault();
    state.save();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || document.querySelector("dialog[open]"))
        return;
      if (event.key === "Enter" && run) take(event, () => run.press());
      if (event.key.toLowerCase() === "s" && find("[data-save]")) take(event, () => form.requestSubmit());
    },
    true,
  );
}

function take(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}
