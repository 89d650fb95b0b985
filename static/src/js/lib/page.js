// Small comforts of every page, keyed by data attributes.

import { announce, toast } from "./announce.js";
import { text } from "./text.js";

/** Everything that works by one click on a marked element. */
const clicks = {
  // <button data-copy="text"> copies; the full id is in the attribute.
  async copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    announce(text("script.copied"));
    toast(text("script.copied"));
  },
  // <button data-reveal="id of a password field"> shows what is typed.
  reveal(button) {
    const field = document.getElementById(button.dataset.reveal);
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
  },
  // Browsers without invoker commands get the dialogs opened here.
  commandfor(button) {
    if ("commandForElement" in HTMLButtonElement.prototype) return;
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    if (button.getAttribute("command") === "show-modal") dialog?.showModal();
    else dialog?.close();
  },
};

export function enhancePage() {
  document.documentElement.dataset.script = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.dataset.copy !== undefined) clicks.copy(button);
    if (button.dataset.reveal) clicks.reveal(button);
    if (button.hasAttribute("commandfor")) clicks.commandfor(button);
  });
  document.addEventListener("submit", pending);
  addEventListener("pageshow", () => document.querySelectorAll("[data-was]").forEach(restore));
  localTimes(document);
  document.addEventListener("fragment", (event) => localTimes(event.target));
  for (const button of document.querySelectorAll("[data-reveal]")) button.hidden = false;
  flash();
  document.querySelector("[data-focus]")?.focus();
}

// What the last request did stands on the page; it is also announced.
function flash() {
  const words = document.querySelector("[data-flash]")?.textContent.trim();
  if (words) setTimeout(() => announce(words), 100);
}

// The pressed button keeps its width and says what happens. Forms that update
// only a part of the page (data-frag) keep theirs.
function pending(event) {
  const button = event.submitter;
  if (!button?.dataset.pending || event.defaultPrevented || (button.dataset.frag ?? event.target.dataset.frag)) return;
  if (button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.dataset.was = button.textContent;
  // The button must still be in the form data of this very submit.
  setTimeout(() => {
    button.textContent = button.dataset.pending;
    button.setAttribute("aria-disabled", "true");
  });
}

function restore(button) {
  button.textContent = button.dataset.was;
  button.removeAttribute("aria-disabled");
  delete button.dataset.was;
}

// The server writes UTC; the full local time with its zone is the title.
function localTimes(root) {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  for (const time of root.querySelectorAll?.("time[datetime]") ?? []) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) time.title = format.format(at);
  }
}
