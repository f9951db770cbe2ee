/** Which interviews need somebody, those first. Pure. */

const SLOW_BACKLOG_MS = 3000; // unheard audio waiting in the server
const SLOW_REPLY_MS = 2000;
const LONG_THINKING_MS = 4000;
const TROUBLE = 30; // of what the server weighs: one thing that somebody should look at
const RESTING = new Set(["waiting", "practice", "ended"]);

export const STATES = {
  practice: "practising",
  waiting: "getting ready",
  listening: "listening",
  candidate_speaking: "candidate speaking",
  thinking: "thinking",
  interviewer_speaking: "interviewer speaking",
  paused: "paused",
  taken_over: "a person speaks",
  ended: "over",
};

export function isAway(card) {
  return !card.is_connected && !RESTING.has(card.state);
}

/** What the server weighs, and what only goes by with time: an interviewer that finds no words. */
export function weight(card, now) {
  const isStuck = card.state === "thinking" && sinceMs(card, now) > LONG_THINKING_MS;
  return (card.trouble ?? 0) + (isStuck ? TROUBLE : 0);
}

export function isTrouble(card, now) {
  return isAway(card) || card.backlog_ms > SLOW_BACKLOG_MS || weight(card, now) >= TROUBLE;
}

/** For how long it is as it is. */
export function sinceMs(card, now) {
  const from = isAway(card) ? card.away_since_at : card.state_since_at;
  return from ? Math.max(0, now - Date.parse(from)) : 0;
}

export function stateWords(card, now) {
  const words = isAway(card) ? "reconnecting" : (STATES[card.state] ?? card.state);
  return `${words}${lasting(sinceMs(card, now))}`;
}

function lasting(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "";
  return seconds < 120 ? ` ${seconds} s` : ` ${Math.floor(seconds / 60)} min`;
}

export function networkWords(card) {
  const words = [];
  if (card.backlog_ms > SLOW_BACKLOG_MS) words.push(`${Math.round(card.backlog_ms / 1000)} s behind`);
  if (card.drops > 0) words.push(card.drops === 1 ? "1 drop" : `${card.drops} drops`);
  if (words.length) return words.join(", ");
  return card.is_connected ? "steady line" : "not here";
}

export function latencyWords(card) {
  if (card.latency_ms === null || card.latency_ms === undefined) return "";
  const words = `replied after ${(card.latency_ms / 1000).toFixed(1)} s`;
  return card.latency_ms > SLOW_REPLY_MS ? `${words}, slow` : words;
}

const COUNTED = [
  ["skips", "skipped", "skipped"],
  ["repeats", "repeat asked", "repeats asked"],
  ["helps", "help asked", "helps asked"],
  ["silences", "long silence", "long silences"],
  ["asked_again", "not understood", "not understood"],
  ["unheard", "not recognised", "not recognised"],
];

/** Plain counts, nothing made of them. */
export function struggleWords({ struggle = {} }) {
  return COUNTED.filter(([name]) => struggle[name] > 0)
    .map(([name, one, many]) => `${struggle[name]} ${struggle[name] === 1 ? one : many}`)
    .join(", ");
}

/** What is left on the interview's clock, in ms; null where the server did not say. */
export function leftMs(card, now) {
  if (card.ends_at) return Math.max(0, Date.parse(card.ends_at) - now);
  return card.time_left_ms ?? null;
}

/** Worst first; of equal ones the newest. */
export function inOrder(cards, now) {
  return [...cards].sort((a, b) => weight(b, now) - weight(a, now) || b.id - a.id);
}

/** `only.role` and `only.owner` narrow the list; empty ones leave it. */
export function narrowed(cards, { role = "", owner = null }) {
  return cards.filter((card) => (!role || roleOf(card) === role) && (owner === null || card.owner_id === owner));
}

export function roleOf(card) {
  return card.role || card.title;
}
