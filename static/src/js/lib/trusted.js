// The only place where text becomes markup or the address of a script. The
// policy of the page allows one Trusted Types policy, named console.

const policy = globalThis.trustedTypes?.createPolicy("console", {
  createHTML: (markup) => markup,
  createScriptURL(address) {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin || !url.pathname.startsWith("/static/")) {
      throw new TypeError(`not a script of the console: ${address}`);
    }
    return url.href;
  },
});

/** Parses markup that came from this server into a fragment. */
export function parse(markup) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(markup) : markup;
  return template.content;
}

/** Returns an address below /static/ that a Worker accepts. */
export function scriptURL(address) {
  return policy ? policy.createScriptURL(address) : address;
}
