// A dotted name up to the cursor: "api.v1.claims.set", "getUser().hum".
const dotted = /(?:[\w$]+(?:\(\))?\??\.)*[\w$]*$/

// completionSource offers what ctx, api and the modules have at the chosen
// trigger. entries returns [{path, kind, detail, info}], where path is the full
// dotted name.
export function completionSource(entries) {
  return (context) => {
    const word = context.matchBefore(dotted)
    if (!word || (word.from === word.to && !context.explicit)) return null
    const typed = word.text.replaceAll('?.', '.')
    const cut = typed.lastIndexOf('.') + 1
    const parent = typed.slice(0, cut)
    const options = children(entries(), parent)
    if (options.length === 0) return null
    return { from: word.to - (typed.length - cut), options, validFor: /^[\w$]*$/ }
  }
}

function children(entries, parent) {
  const seen = new Map()
  for (const entry of entries) {
    if (!entry.path.startsWith(parent)) continue
    const rest = entry.path.slice(parent.length)
    const label = rest.split(/[.(]/, 1)[0]
    if (!label || seen.has(label)) continue
    const leaf = rest === label || rest === label + '()'
    const call = rest.startsWith(label + '()')
    seen.set(label, {
      label,
      apply: call ? label + '()' : label,
      type: entry.kind,
      detail: leaf ? entry.detail : undefined,
      info: leaf ? entry.info : undefined,
    })
  }
  return [...seen.values()]
}
