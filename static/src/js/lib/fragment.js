// Partial updates: one helper for every request that a script makes. The server
// answers a request that carries X-Fragment with the component alone.
//
//	<form data-frag="#result">   the answer replaces the element #result
//	<a data-frag="#rows">        the same for a link
//
// Answers may carry X-Announce (percent-encoded text for the status region) and
// X-Location (go to that page). 401 brings a sign-in dialog; afterwards the
// request is made again.

import { alarm, announce, toast } from "./announce.js";
import { lost } from "./offline.js";
import { text } from "./text.js";
import { parse } from "./trusted.js";

const slow = 400;
let running = 0;

/**
 * Makes a request and returns the response with its text already read, as
 * {ok, status, headers, body}. A server that is gone is status 0.
 */
export async function request(url, { method = "GET", body, headers = {}, signal, retry = true } = {}) {
  const done = busy();
  try {
    const response = await fetch(url, {
      method, body, signal, headers: { "X-Fragment": "1", ...headers }, credentials: "same-origin",
    });
    const answer = { ok: response.ok, status: response.status, headers: response.headers, body: await response.text() };
    if (response.status === 401 && retry && answer.body.includes("<dialog")) {
      await signIn(answer.body);
      return await request(url, { method, body, headers, signal, retry: false });
    }
    return answer;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    lost();
    return { ok: false, status: 0, headers: new Headers(), body: "" };
  } finally {
    done();
  }
}

function busy() {
  running++;
  const timer = setTimeout(() => {
    if (running > 0 && !document.querySelector(".progress")) {
      const line = document.createElement("div");
      line.className = "progress";
      document.body.append(line);
    }
  }, slow);
  return () => {
    clearTimeout(timer);
    if (--running === 0) document.querySelector(".progress")?.remove();
  };
}

/**
 * Puts markup in the place of target: if the markup has an element with the
 * same id, that replaces the target, else it becomes its content. Focus stays
 * on the element of the same id.
 */
export function swap(target, markup) {
  const focused = document.activeElement?.id;
  const content = typeof markup === "string" ? parse(markup) : markup;
  const same = target.id ? content.querySelector(`#${CSS.escape(target.id)}`) : null;
  if (same) target.replaceWith(same);
  else target.replaceChildren(content);
  const now = same ?? target;
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  now.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
  return now;
}

/** Acts on what an answer asks for besides its body. True if the page leaves. */
export function follow(answer) {
  const said = answer.headers.get("X-Announce");
  if (said) announce(decodeURIComponent(said));
  const to = answer.headers.get("X-Location");
  if (to) location.assign(to);
  return Boolean(to);
}

function signIn(markup) {
  return new Promise((resolve) => {
    const dialog = parse(markup).querySelector("dialog");
    document.body.append(dialog);
    dialog.showModal();
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      const answer = await request(form.action, { method: "POST", body: fields(form, event.submitter), retry: false });
      if (answer.ok) {
        dialog.close();
        return;
      }
      const fresh = parse(answer.body).querySelector("form");
      if (fresh) form.replaceWith(fresh);
      else alarm(text("script.failed"));
      dialog.querySelector("[data-focus]")?.focus();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    });
  });
}

/** The fields of a form as they would be posted. */
export function fields(form, submitter) {
  return new URLSearchParams(new FormData(form, submitter));
}

async function update(selector, url, options, source) {
  const target = document.querySelector(selector);
  if (!target) return;
  target.setAttribute("aria-busy", "true");
  const answer = await request(url, options);
  target.removeAttribute("aria-busy");
  if (follow(answer)) return;
  if (answer.status === 0) return;
  if (!answer.ok && answer.body === "") {
    toast(text("script.failed"), { danger: true });
    return;
  }
  const now = swap(target, answer.body);
  now.querySelector("[data-focus]")?.focus();
  if (options.method === "GET" && source?.dataset.history !== "off") history.replaceState(null, "", url);
}

/** Lets forms and links with data-frag update a part of the page. */
export function enhance() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const selector = button?.dataset.frag ?? form.dataset?.frag;
    if (!selector || event.defaultPrevented) return;
    event.preventDefault();
    const method = (button?.getAttribute("formmethod") ?? form.method).toUpperCase();
    const url = new URL(button?.hasAttribute("formaction") ? button.formAction : form.action, location.href);
    const body = fields(form, button);
    if (method === "GET") {
      url.search = body.toString();
      update(selector, url.href, { method }, form);
    } else {
      update(selector, url.href, { method, body }, form);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-frag]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    update(link.dataset.frag, link.href, { method: "GET" }, link);
  });
  // A form with data-live updates while one types, a little after the last key.
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-frag][data-live]")) return;
    clearTimeout(form.liveTimer);
    form.liveTimer = setTimeout(() => form.requestSubmit(), event.target.matches("select, [type=checkbox]") ? 0 : 250);
  });
}
