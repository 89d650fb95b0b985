import { parse } from "../js/lib/trusted.js";

// place puts an answer's elements over those of the page with the same id,
// except those that keep names; a dialog that the page does not have yet is
// added to it.
export function place(markup, keep = []) {
  for (const part of [...parse(markup).children]) {
    if (keep.includes(part.id)) continue;
    const old = part.id ? document.getElementById(part.id) : null;
    if (old) {
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      old.replaceWith(part);
      if (focused) document.getElementById(focused)?.focus();
    } else if (part.localName === "dialog") {
      document.body.append(part);
    }
    part.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
  }
}
