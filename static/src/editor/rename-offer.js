import { text as t } from "../js/lib/text.js";

// offerRename proposes to rename the function together with the action, if the
// script defines a function with the old name.
export function offerRename(form, editor, notice) {
  let before = form.elements.name.value;
  let functions = [];
  form.addEventListener("checked", (event) => {
    functions = event.detail.functions || [];
  });
  const button = notice.querySelector("button");
  const hide = () => {
    notice.hidden = true;
  };
  form.addEventListener("change", (event) => {
    if (event.target.name !== "name") return;
    const after = event.target.value;
    const offer =
      after !== before && functions.includes(before) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(after);
    if (!offer) return hide();
    notice.querySelector("[data-text]").textContent = t("actions.js.rename", { from: before, to: after });
    notice.hidden = false;
    button.onclick = () => {
      editor.rename(before, after);
      before = after;
      hide();
      editor.focus();
    };
  });
}
