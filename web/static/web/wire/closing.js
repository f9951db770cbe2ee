/** What the closing of a socket means for the page. The codes stand in docs/protocol.md. */

const STOPS = {
  4400: "fault",
  4401: "shut",
  4403: "shut",
  4404: "gone",
  4409: "elsewhere",
  4410: "over",
  4413: "fault",
};
const FULL = 4429;
const DEFAULT_RETRY_S = 10;

/**
 * `{kind: "again"}`: come back with back-off · `{kind: "full", afterMs}`: come back then ·
 * `{kind: "stop", view}`: don't come back, show that view.
 */
export function verdictOf(code, reason = "") {
  if (code === FULL) return { kind: "full", afterMs: retryAfterMs(reason) };
  if (code in STOPS) return { kind: "stop", view: STOPS[code] };
  return { kind: "again" }; // 4012 restarting, 4408, 1006 and whatever a proxy makes up
}

function retryAfterMs(reason) {
  let seconds = DEFAULT_RETRY_S;
  try {
    seconds = Number(JSON.parse(reason).retry_after_s);
  } catch {
    // an older server, or a proxy, gives no wait
  }
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1000 : DEFAULT_RETRY_S * 1000;
}
