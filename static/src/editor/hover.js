import { hoverTooltip } from "@codemirror/view";
import { brief, describe } from "./complete.js";

const name = /(?:[\w$]+(?:\(\)|\[[^\][]*\])*\??\.)*[\w$]+/g;

// hover says what a member of ctx or api is.
export function hover(entries) {
  return hoverTooltip((view, position) => {
    const line = view.state.doc.lineAt(position);
    for (const match of line.text.matchAll(name)) {
      const from = line.from + match.index;
      if (position < from || position > from + match[0].length) continue;
      // Up to the end of the word under the pointer.
      const rest = /^[\w$]*/.exec(match[0].slice(position - from))[0];
      const entry = describe(entries(), match[0].slice(0, position - from) + rest);
      return entry ? { pos: position, create: () => ({ dom: card(entry) }) } : null;
    }
    return null;
  });
}

function card(entry) {
  const dom = document.createElement("div");
  dom.className = "cm-about";
  const type = document.createElement("code");
  type.textContent = `${entry.name}: ${brief(entry.detail)}`;
  const words = document.createElement("p");
  words.textContent = [entry.doc, entry.effect].filter(Boolean).join(" ");
  dom.append(type, words);
  return dom;
}
