import { text as t } from "../js/lib/text.js";

// The fields of an action as one value, to tell whether anything is unsaved.
export function read(form) {
  return {
    name: form.elements.name.value,
    timeout: form.elements.timeout.value,
    allowedToFail: form.elements.allowedToFail.checked,
    script: form.elements.script.value,
  };
}

// write puts such a value into the form.
export function write(form, values) {
  form.elements.name.value = values.name;
  form.elements.timeout.value = values.timeout;
  form.elements.allowedToFail.checked = values.allowedToFail;
  const editor = form.querySelector("action-editor");
  if (editor) editor.value = values.script;
  else form.elements.script.value = values.script;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function same(a, b) {
  return (
    a.name === b.name &&
    a.timeout === b.timeout &&
    a.allowedToFail === b.allowedToFail &&
    normal(a.script) === normal(b.script)
  );
}

// A submitted textarea has CRLF line ends, an editor LF.
function normal(script) {
  return script.replaceAll("\r\n", "\n");
}

// clock writes a time of day, as in "Saved at 14:03".
export function clock(date) {
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

// count says how long the script is, in code points as the limit has it.
export function count(form, output) {
  if (!output) return;
  const limit = Number(output.dataset.limit);
  const n = Array.from(normal(form.elements.script.value)).length;
  output.textContent = t("actions.js.characters", { n, limit });
  output.classList.toggle("is-warning", n >= limit * 0.9 && n <= limit);
  output.classList.toggle("is-error", n > limit);
}
