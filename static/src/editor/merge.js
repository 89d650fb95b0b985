import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { text as t } from "../js/lib/text.js";
import { reading } from "./setup.js";

// compare shows two texts side by side in a dialog. With onUse the right side
// can be edited, block by block or by hand, and taken over.
export function compare({ title, left, right, leftLabel, rightLabel, onUse }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog-wide";
  dialog.setAttribute("aria-labelledby", "compare-title");
  const body = element("div", "dialog-body");
  const heading = element("h2", "", title);
  heading.id = "compare-title";
  const host = element("div", "merge-host");
  const actions = element("div", "dialog-actions");
  actions.append(button(t("actions.js.close"), () => dialog.close()));
  const view = new MergeView({
    a: { doc: left, extensions: [reading, EditorState.readOnly.of(true), named(leftLabel)] },
    b: { doc: right, extensions: [reading, EditorState.readOnly.of(!onUse), named(rightLabel)] },
    root: host.attachShadow({ mode: "open" }),
    parent: host.shadowRoot,
    collapseUnchanged: { margin: 3, minSize: 6 },
    revertControls: onUse ? "a-to-b" : undefined,
    renderRevertControl: onUse ? () => button("⇒", () => {}, t("actions.js.take_block")) : undefined,
  });
  if (onUse) {
    const use = button(t("actions.js.use_merged"), () => {
      onUse(view.b.state.doc.toString());
      dialog.close();
    });
    use.classList.add("button-primary");
    actions.append(use);
  }
  body.append(heading, host, actions);
  dialog.append(body);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    view.destroy();
    dialog.remove();
  });
  dialog.showModal();
  heading.tabIndex = -1;
  heading.focus();
}

function named(label) {
  return EditorView.contentAttributes.of({ "aria-label": label, translate: "no" });
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(label, act, name) {
  const made = element("button", "button", label);
  made.type = "button";
  if (name) made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}
