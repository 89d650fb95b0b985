const [least, most, step] = [35, 75, 2];
const key = "flowbench.editor.split";

// divide lets the pointer and the arrow keys move the border between script
// and panel. The place is remembered in the browser.
export function divide(page, divider) {
  const set = (value) => {
    const split = Math.round(Math.min(most, Math.max(least, value)));
    page.style.setProperty("--script", `${split}fr`);
    page.style.setProperty("--panel", `${100 - split}fr`);
    divider.setAttribute("aria-valuenow", String(split));
    try {
      localStorage.setItem(key, String(split));
    } catch {
      /* not remembered */
    }
  };
  const now = () => Number(divider.getAttribute("aria-valuenow"));
  divider.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: now() - step, ArrowRight: now() + step, Home: least, End: most };
    if (!(event.key in moves)) return;
    event.preventDefault();
    set(moves[event.key]);
  });
  divider.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    divider.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const box = page.getBoundingClientRect();
      set(((moved.clientX - box.left) / box.width) * 100);
    };
    divider.addEventListener("pointermove", move);
    divider.addEventListener("lostpointercapture", () => divider.removeEventListener("pointermove", move), {
      once: true,
    });
  });
  let remembered = null;
  try {
    remembered = localStorage.getItem(key);
  } catch {
    /* not remembered */
  }
  if (remembered) set(Number(remembered));
}
