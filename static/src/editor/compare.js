// enhanceCompare lets two buttons walk through the changes of a comparison.
export function enhanceCompare(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-change]");
    if (!button) return;
    const changes = [...button.closest(".diff-view").querySelectorAll("[data-diff]")];
    const at = changes.indexOf(document.activeElement);
    const next =
      button.dataset.change === "next"
        ? changes[(at + 1) % changes.length]
        : changes[(at <= 0 ? changes.length : at) - 1];
    next?.focus();
  });
}
