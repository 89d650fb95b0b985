import { syntaxTree } from "@codemirror/language";

// renameFunction replaces the names of variables and functions that are from;
// strings, comments and properties stay.
export function renameFunction(view, from, to) {
  const changes = [];
  syntaxTree(view.state).iterate({
    enter(node) {
      if (node.name !== "VariableName" && node.name !== "VariableDefinition") return;
      if (view.state.sliceDoc(node.from, node.to) === from) changes.push({ from: node.from, to: node.to, insert: to });
    },
  });
  if (changes.length > 0) view.dispatch({ changes });
  return changes.length > 0;
}
