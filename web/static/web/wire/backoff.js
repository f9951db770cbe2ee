/** How long to wait before each attempt to come back: quick at first, then patient, never in step with others. */

export const WAITS_MS = [0, 300, 1200, 2700, 4800, 7000];
const JITTER = 0.3; // of the wait, so that pages which lost the same server don't return as one
const LEAST_JITTER_MS = 150;

/** Milliseconds before attempt number `attempt` (0 is the first); `random` is in [0, 1). */
export function waitMs(attempt, random = Math.random()) {
  const wait = WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)];
  return Math.round(wait + random * Math.max(LEAST_JITTER_MS, wait * JITTER));
}
