/** What the page's own line to the server is doing, in words. */

import { write } from "../page/elements.js";

const WORDS = {
  connecting: "Connecting…",
  open: "Live",
  lost: "We lost the line. Trying again…",
  full: "The server is busy. Trying again…",
};
const STOPPED = {
  4401: "You are no longer signed in. Reload the page to sign in again.",
  4403: "You may no longer watch this.",
  4404: "This interview does not exist (any longer).",
  4410: "This interview is over.",
};

export function drawLink(element, link) {
  const isWell = link.state === "open" || link.state === "connecting";
  element.dataset.state = isWell ? link.state : "lost";
  write(element, linkWords(link));
}

export function linkWords({ state, code, afterMs = 0 }) {
  if (state === "full" && afterMs >= 2000) return `The server is busy. Trying again in ${Math.round(afterMs / 1000)} s…`;
  return WORDS[state] ?? STOPPED[code] ?? "The line was closed. Reload the page.";
}
