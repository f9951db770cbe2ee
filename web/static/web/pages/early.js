/** Shows the appointment in the reader's own time zone, and opens the room when it is time. */

import { all, write } from "../page/elements.js";
import { localTime } from "../page/clock.js";

const OPENS_BEFORE_MS = 15 * 60 * 1000;
const LONGEST_TIMEOUT_MS = 24 * 60 * 60 * 1000;

all("local-time").forEach((element) => write(element, localTime(element.dateTime)));
const opensAt = Date.parse(all("opens")[0].dataset.at) - OPENS_BEFORE_MS;

function wait() {
  const leftMs = opensAt - Date.now();
  if (leftMs <= 0) location.reload();
  else setTimeout(wait, Math.min(leftMs + 1000, LONGEST_TIMEOUT_MS));
}
wait();
