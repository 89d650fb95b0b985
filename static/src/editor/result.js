import { announce } from "../js/lib/announce.js";
import { text as t } from "../js/lib/text.js";

// enhanceResult adds what a result can do with a script: filters of the log and
// copying. Results come and go, so it listens above them.
export function enhanceResult(root) {
  show(root);
  root.addEventListener("fragment", (event) => show(event.target));
  root.addEventListener("click", (event) => {
    const level = event.target.closest("button[data-level]");
    if (level) toggle(level);
    const copy = event.target.closest("button[data-copy-from]");
    if (copy) copyFrom(copy);
  });
}

function show(root) {
  for (const part of root.querySelectorAll("[data-levels]")) part.hidden = false;
}

function toggle(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  for (const line of button.closest(".result").querySelectorAll(`.log li[data-level="${button.dataset.level}"]`))
    line.hidden = !on;
}

async function copyFrom(button) {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).textContent);
  announce(t("script.copied"));
}
