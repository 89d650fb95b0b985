// Announcements for assistive technology, and toasts. The live regions stand in
// the page from the start; a toast itself is not live.

import { text } from "./text.js";

const toastLimit = 3;
const toastTime = 10_000;

/** Says message politely. */
export function announce(message) {
  say("status", message);
}

/** Says message at once; for failures that lose work. */
export function alarm(message) {
  say("alert", message);
}

function say(id, message) {
  const region = document.getElementById(id);
  if (!region) return;
  // The same text twice in a row would not be read again.
  region.textContent = region.textContent === message ? `${message}\u00a0` : message;
}

/**
 * Shows message at the bottom left and announces it. With an action the toast
 * stays for ten seconds without hover or focus; the same action must exist
 * elsewhere on the page. Returns a function that closes the toast.
 */
export function toast(message, { action, onAction, danger = false } = {}) {
  const box = document.createElement("div");
  box.className = danger ? "toast toast-danger" : "toast";
  const words = document.createElement("p");
  words.textContent = message;
  box.append(words);
  const close = () => box.remove();
  if (action) {
    box.append(button(action, () => {
      close();
      onAction?.();
    }));
  }
  const dismiss = button("×", close);
  dismiss.classList.add("button-quiet", "button-icon");
  dismiss.setAttribute("aria-label", text("script.close"));
  box.append(dismiss);
  place(box);
  (danger ? alarm : announce)(message);
  expire(box, close);
  return close;
}

function button(label, onClick) {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "button";
  b.textContent = label;
  b.addEventListener("click", onClick);
  return b;
}

function place(box) {
  const list = document.getElementById("toasts");
  if (!list) return;
  // Everything on a page belongs to a landmark.
  list.setAttribute("role", "region");
  list.setAttribute("aria-label", text("script.messages"));
  list.append(box);
  while (list.children.length > toastLimit) list.firstElementChild.remove();
}

function expire(box, close) {
  let timer = setTimeout(close, toastTime);
  const hold = () => clearTimeout(timer);
  const go = () => {
    clearTimeout(timer);
    timer = setTimeout(close, toastTime);
  };
  for (const type of ["pointerenter", "focusin"]) box.addEventListener(type, hold);
  for (const type of ["pointerleave", "focusout"]) box.addEventListener(type, go);
}
