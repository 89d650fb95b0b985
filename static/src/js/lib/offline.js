// When the server does not answer, a bar says so until it does again.

import { alarm, announce } from "./announce.js";
import { text } from "./text.js";

const pause = 3000;
let bar;

/** Reports that a request got no answer. */
export function lost() {
  if (bar) return;
  bar = document.createElement("div");
  bar.className = "banner-box banner-warn offline";
  bar.textContent = text("script.offline");
  // Everything on a page belongs to a landmark.
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", bar.textContent);
  document.body.prepend(bar);
  alarm(bar.textContent);
  setTimeout(probe, pause);
}

async function probe() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) {
    setTimeout(probe, pause);
    return;
  }
  bar.remove();
  bar = undefined;
  announce(text("script.online"));
}
