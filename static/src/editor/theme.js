import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// The look of every script on the page. Colours come from the page's custom
// properties, which reach into the shadow root, so light and dark follow the
// rest of the console.
export const theme = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "var(--code-size, 0.875rem)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)", padding: "4px 0" },
  ".cm-content, .cm-gutter": { minHeight: "var(--script-least, 0)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "none" },
  ".cm-gutter-lint": { width: "1.1em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.15em 0 0 0.15em" },
  ".cm-lint-marker": { width: "0.85em", height: "0.85em" },
  ".cm-activeLine": { backgroundColor: "var(--code-active-line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--code-active-line)", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection":
    { backgroundColor: "var(--code-selection)" },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--control)",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "var(--danger-soft)",
    color: "var(--danger)",
  },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "1px solid var(--line)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    border: "1px solid var(--control)",
    borderRadius: "6px",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent-text)",
  },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", fontSize: "0.8125rem" },
  ".cm-tooltip-autocomplete > ul": { maxHeight: "16em" },
  ".cm-completionInfo": { maxWidth: "24rem", padding: "8px" },
  ".cm-about": { maxWidth: "28rem", padding: "8px", fontSize: "0.8125rem" },
  ".cm-about p": { margin: "4px 0 0", color: "var(--muted)" },
  ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panels input, .cm-panels button, .cm-panels label": { color: "inherit", font: "400 0.8125rem/1.5 var(--sans)" },
  ".cm-panels :focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-textfield, .cm-button": { minHeight: "1.75rem" },
  ".cm-panel.cm-search": { padding: "8px" },
  ".cm-panel.cm-search [name=close]": { minWidth: "1.5rem", minHeight: "1.5rem" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--control)", borderRadius: "6px" },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--control)",
    borderRadius: "6px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-soft)" },
  ".cm-diagnostic": { color: "var(--text)", padding: "6px 8px" },
  ".cm-diagnosticAction": {
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    borderRadius: "4px",
    padding: "2px 6px",
  },
  ".cm-changedLine, .cm-insertedLine": { backgroundColor: "var(--add-bg)" },
  ".cm-deletedLine, .cm-deletedChunk": { backgroundColor: "var(--del-bg)" },
  ".cm-changedText": { background: "none", textDecoration: "underline" },
  ".cm-collapsedLines": { backgroundColor: "var(--sunken)", color: "var(--muted)", backgroundImage: "none" },
});

// The five kinds of code that have a colour of their own.
export const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)", fontStyle: "italic" },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.definition(tags.variableName)),
      tags.function(tags.propertyName),
    ],
    color: "var(--code-function)",
  },
]);
