// A search box over a list of links, as an ARIA combobox: one types to narrow
// the list, moves with the arrows, goes with Enter. Without script the list is
// a plain list of links.
//
//	<input data-options="#list"> <ul id="list"><li><a href="…">…</a></li></ul> <p data-none hidden>…</p>

export function enhanceComboboxes(root) {
  for (const input of root.querySelectorAll("[data-options]")) combobox(input);
}

function combobox(input) {
  const list = document.querySelector(input.dataset.options);
  const options = [...list.querySelectorAll("a")];
  const none = list.parentElement.querySelector("[data-none]");
  prepare(input, list, options);
  let active;

  const shown = () => options.filter((o) => !o.parentElement.hidden);
  const choose = (option) => {
    active?.removeAttribute("aria-selected");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };

  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const o of options) o.parentElement.hidden = !words.every((w) => o.textContent.toLowerCase().includes(w));
    if (none) none.hidden = shown().length > 0;
    choose(input.value ? shown()[0] : undefined);
  });
  input.addEventListener("keydown", (event) => {
    const visible = shown();
    const at = visible.indexOf(active);
    const next = { ArrowDown: visible[at + 1] ?? visible[0], ArrowUp: visible[at - 1] ?? visible.at(-1) }[event.key];
    if (next) choose(next);
    else if (event.key === "Enter" && active) go(active, event);
    else return;
    event.preventDefault();
  });
}

function prepare(input, list, options) {
  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  set(input, { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" });
  set(list, { role: "listbox", "aria-label": input.labels[0].textContent });
  options.forEach((option, i) => {
    set(option, { role: "option", tabindex: "-1", id: `${list.id}-${i}` });
    option.parentElement.setAttribute("role", "presentation");
  });
}

function go(option, event) {
  if (event.ctrlKey || event.metaKey) open(option.href, "_blank");
  else option.click();
}
