// Fills the dialogs that the server put into the page.

// lists shows lanes before and after as two numbered lists each.
export function lists(board, lanes, heads) {
  return lanes.map(({ label, left, right }) => {
    const group = document.createElement("section");
    const heading = document.createElement("h3");
    heading.textContent = label;
    group.append(heading, column(board, heads[0], left), column(board, heads[1], right));
    group.className = "compare";
    return group;
  });
}

function column(board, head, ids) {
  const box = document.createElement("div");
  const title = document.createElement("h4");
  title.textContent = head;
  if (ids.length === 0) {
    const none = document.createElement("p");
    none.className = "hint";
    none.textContent = board.text("board.empty");
    box.append(title, none);
    return box;
  }
  const list = document.createElement("ol");
  list.setAttribute("role", "list");
  for (const id of ids) {
    const item = document.createElement("li");
    item.textContent = board.cards.name(id);
    list.append(item);
  }
  box.append(title, list);
  return box;
}

// ask opens a dialog and returns the value of the button that closed it.
export function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
