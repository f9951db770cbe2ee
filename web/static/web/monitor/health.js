/** Which interviews need somebody, those first. Pure. */

const SLOW_BACKLOG_MS = 3000; // unheard audio waiting in the server
const LONG_THINKING_MS = 4000;
const RESTING = new Set(["waiting", "practice", "paused", "ended"]);

export const STATES = {
  practice: "practising",
  waiting: "getting ready",
  listening: "listening",
  candidate_speaking: "candidate speaking",
  thinking: "thinking",
  interviewer_speaking: "interviewer speaking",
  paused: "paused",
  taken_over: "taken over",
  ended: "over",
};

/** 0 is well; higher is worse. `sinceMs`: for how long the card has been in its state. */
export function severity(card, sinceMs = 0) {
  const rests = RESTING.has(card.state);
  if (!card.is_connected && !rests) return 3;
  if (card.backlog_ms > SLOW_BACKLOG_MS) return 2;
  if (card.state === "thinking" && sinceMs > LONG_THINKING_MS) return 2;
  return card.drops > 0 && !rests ? 1 : 0;
}

export function stateWords(card, sinceMs = 0) {
  const seconds = Math.floor(sinceMs / 1000);
  if (!card.is_connected && !RESTING.has(card.state)) return `reconnecting ${seconds} s`;
  const words = STATES[card.state] ?? card.state;
  return card.state === "thinking" && seconds > 0 ? `${words} ${seconds} s` : words;
}

export function networkWords(card) {
  if (card.backlog_ms > SLOW_BACKLOG_MS) return `${Math.round(card.backlog_ms / 1000)} s behind`;
  if (card.drops > 0) return card.drops === 1 ? "1 drop" : `${card.drops} drops`;
  return card.is_connected ? "steady" : "not here";
}

/** Worst first, then the longest in its state. `since(card)` gives that in ms. */
export function inOrder(cards, since) {
  return [...cards].sort((a, b) => severity(b, since(b)) - severity(a, since(a)) || since(b) - since(a) || a.id - b.id);
}
