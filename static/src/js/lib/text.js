// Texts come with the page as patterns, in the form that package text describes.

const element = document.getElementById("texts");
const patterns = element ? JSON.parse(element.textContent) : {};
const lang = document.documentElement.lang || "en";
const known = lang === "qps" ? "en" : lang;
const numbers = new Intl.NumberFormat(known === "en" ? "en-GB" : known);
const plurals = new Intl.PluralRules(known);

/** Returns the text of a key; values fills its placeholders. */
export function text(key, values = {}) {
  const pattern = patterns[key];
  return pattern === undefined ? key : fill(pattern, values);
}

function fill(pattern, values, count) {
  let out = "";
  let i = 0;
  while (i < pattern.length) {
    const c = pattern[i];
    if (c === "{") {
      const end = closing(pattern, i);
      out += argument(pattern.slice(i + 1, end), values);
      i = end + 1;
    } else {
      out += c === "#" && count !== undefined ? numbers.format(count) : c;
      i++;
    }
  }
  return out;
}

function closing(pattern, start) {
  let depth = 0;
  for (let i = start; i < pattern.length; i++) {
    if (pattern[i] === "{") depth++;
    if (pattern[i] === "}" && --depth === 0) return i;
  }
  return pattern.length;
}

function argument(source, values) {
  const [, name, forms] = /^\s*([^,\s]+)\s*(?:,\s*plural\s*,([\s\S]*))?$/.exec(source) ?? [];
  const value = values[name];
  if (value === undefined) return `{${name}}`;
  if (forms === undefined) return typeof value === "number" ? numbers.format(value) : String(value);
  const found = {};
  for (let i = 0; i < forms.length; ) {
    const open = forms.indexOf("{", i);
    if (open < 0) break;
    const end = closing(forms, open);
    found[forms.slice(i, open).trim()] = forms.slice(open + 1, end);
    i = end + 1;
  }
  return fill(found[`=${value}`] ?? found[plurals.select(value)] ?? found.other ?? "", values, value);
}
