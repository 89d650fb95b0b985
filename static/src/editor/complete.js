// A dotted name up to the cursor: "api.v1.claims.set", "getUser().hum",
// "grants[0].ro". What stands in brackets does not matter.
const dotted = /(?:[\w$]+(?:\(\)|\[[^\][]*\])*\??\.)*[\w$]*$/;

const modules = {
  "zitadel/http": [["fetch", "(url, options?) => response"]],
  "zitadel/log": ["log", "info", "debug", "warn", "error"].map((name) => [name, "(...values) => void"]),
  "zitadel/uuid": [
    ["v1", "() => string"],
    ["v3", "(namespace, data) => string"],
    ["v4", "() => string"],
    ["v5", "(namespace, data) => string"],
  ],
};

// completionSource offers what ctx, api and the modules have at the chosen
// trigger. entries returns what the server lists: [{path, name, kind, detail,
// doc, effect}].
export function completionSource(entries) {
  return (context) => {
    const word = context.matchBefore(dotted);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const cut = word.text.lastIndexOf(".") + 1;
    const parent = normal(word.text.slice(0, cut));
    const options = parent === "" ? roots() : members(entries(), parent, context.state.doc.toString());
    return options.length === 0 ? null : { from: word.from + cut, options, validFor: /^[\w$]*$/ };
  };
}

// describe returns the entry that stands for a dotted name, for a hover.
export function describe(entries, name) {
  const cut = name.lastIndexOf(".");
  const path = normal(name.slice(0, cut + 1));
  return entries.find((entry) => entry.path === path && entry.name === name.slice(cut + 1));
}

// normal writes a path the way the entries do: "a?.b[0].c." is "a.b[].c".
function normal(path) {
  return path
    .replaceAll("?.", ".")
    .replace(/\[[^\][]*\]/g, "[]")
    .replace(/\.$/, "");
}

function roots() {
  return [
    { label: "ctx", type: "variable" },
    { label: "api", type: "variable" },
    ...Object.keys(modules).map((name) => ({ label: `require('${name}')`, type: "namespace" })),
  ];
}

function members(entries, parent, script) {
  const found = entries.filter((entry) => entry.path === parent).map(option);
  return found.length > 0 ? found : ofModule(parent, script);
}

function option(entry) {
  const call = entry.kind === "function";
  return {
    label: entry.name,
    type: entry.kind,
    detail: brief(entry.detail),
    info: [entry.doc, entry.effect].filter(Boolean).join(" "),
    apply: call ? (view, completion, from, to) => insertCall(view, entry, from, to) : entry.name,
  };
}

// brief is a type that fits beside a name; those with members do not.
export function brief(detail) {
  return detail.startsWith("{") ? "object" : detail;
}

// insertCall writes the call and leaves the cursor between its brackets, or
// after them if there is nothing to pass.
function insertCall(view, entry, from, to) {
  const bare = entry.detail.startsWith("()");
  const text = entry.name + "()";
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length - (bare ? 0 : 1) },
    userEvent: "input.complete",
  });
}

// ofModule finds the module that a variable holds.
function ofModule(name, script) {
  if (!/^[\w$]+$/.test(name)) return [];
  const found = new RegExp(`\\b${name.replaceAll("$", "\\$")}\\s*=\\s*require\\(['"]([^'"]+)['"]\\)`).exec(script);
  return (modules[found?.[1]] || []).map(([label, detail]) => ({ label, type: "function", detail }));
}
