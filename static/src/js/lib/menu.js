// Menus follow the keys of the ARIA menu button: arrows, Home, End, letters,
// Escape. The opening itself is a native popover and needs no script.

const step = { ArrowDown: 1, ArrowUp: -1 };

function items(menu) {
  return [...menu.querySelectorAll("[role=menuitem]")].filter((item) => item.getClientRects().length > 0);
}

function opener(menu) {
  return document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
}

export function enhanceMenus() {
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches?.("[role=menu][popover]")) return;
    const open = event.newState === "open";
    const button = opener(menu);
    button?.setAttribute("aria-expanded", String(open));
    if (open) {
      if (!CSS.supports("position-area", "block-end")) place(menu, button);
      items(menu)[0]?.focus();
    }
  }, true);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[role=menuitem]");
    if (item && item.getAttribute("aria-disabled") === "true") event.preventDefault();
    else if (item) item.closest("[popover]")?.hidePopover();
  });
}

function place(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + size.height < innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))}px`;
}

function onKey(event) {
  const button = event.target.closest?.("[aria-haspopup=menu]");
  if (button && event.key in step && button.getAttribute("aria-expanded") !== "true") {
    event.preventDefault();
    button.click();
    return;
  }
  const menu = event.target.closest?.("[role=menu]");
  if (!menu) return;
  const list = items(menu);
  const at = list.indexOf(event.target);
  let next;
  if (event.key in step) next = list[(at + step[event.key] + list.length) % list.length];
  else if (event.key === "Home") next = list[0];
  else if (event.key === "End") next = list.at(-1);
  else if (event.key === "Tab") menu.hidePopover();
  else if (event.key.length === 1 && event.key !== " ") next = byLetter(list, at, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function byLetter(list, at, letter) {
  const turned = [...list.slice(at + 1), ...list.slice(0, at + 1)];
  return turned.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()));
}
