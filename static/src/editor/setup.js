import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { highlight, theme } from "./theme.js";

// Mod-Enter runs the script, from the editor as from anywhere on the page.
const ownKeys = defaultKeymap.filter((binding) => binding.key !== "Mod-Enter");

// When text replaces a selection, browsers try to keep the look of what was
// there by an inline style, which the policy of the page forbids. So the editor
// makes that change itself. The selection of the document counts, because the
// editor hears of it a moment later.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.readOnly) return false;
    const [from, to] = selected(view);
    if (from === to) return false;
    event.preventDefault();
    const text = event.data;
    const change = () =>
      view.state.update({
        changes: { from, to, insert: view.state.toText(text) },
        selection: { anchor: from + view.state.toText(text).length },
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, change));
    if (!handled) view.dispatch(change());
    return true;
  },
});

// selected is the selection of the document as positions of the script.
function selected(view) {
  const { main } = view.state.selection;
  const range = view.root.getSelection ? view.root.getSelection() : document.getSelection();
  if (!range || !view.contentDOM.contains(range.anchorNode) || !view.contentDOM.contains(range.focusNode))
    return [main.from, main.to];
  const ends = [view.posAtDOM(range.anchorNode, range.anchorOffset), view.posAtDOM(range.focusNode, range.focusOffset)];
  return [Math.min(...ends), Math.max(...ends)];
}

// What every view of a script has: language, colours, wrapping.
export const reading = [
  lineNumbers(),
  highlightSpecialChars(),
  javascript(),
  syntaxHighlighting(highlight),
  theme,
  EditorView.lineWrapping,
];

// What the editor adds. complete is a completion source.
export function editing(complete) {
  return [
    reading,
    highlightActiveLineGutter(),
    lintGutter(),
    history(),
    foldGutter(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [complete], icons: false }),
    rectangularSelection(),
    crosshairCursor(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    replacing,
    keymap.of([
      { key: "F8", run: nextDiagnostic },
      { key: "Shift-F8", run: previousDiagnostic },
      ...closeBracketsKeymap,
      ...ownKeys,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      indentWithTab,
    ]),
  ];
}
