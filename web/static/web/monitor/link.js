/** What the page's own line to the server is doing, in words. */

import { write } from "../page/elements.js";

const WORDS = {
  connecting: "Connecting…",
  open: "Live",
  lost: "We lost the line. Trying again…",
  full: "The server is busy. Trying again…",
};
const STOPPED = {
  shut: "You are no longer signed in. Reload the page.",
  gone: "This interview does not exist (any longer).",
  over: "This interview is over.",
};

export function drawLink(element, link) {
  const isWell = link.state === "open" || link.state === "connecting";
  element.dataset.state = isWell ? link.state : "lost";
  write(element, WORDS[link.state] ?? STOPPED[link.view] ?? "The line was closed. Reload the page.");
}
