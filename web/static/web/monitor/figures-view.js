/** Draws how one interview stands: the strip of figures, and how long the last replies took. */

import { minutes } from "../page/clock.js";
import { find, make, setLevel, write } from "../page/elements.js";
import { FLOOR_DB, loudness } from "../sound/level.js";
import { STATES } from "./health.js";
import { elapsedMs, leftMs } from "./model.js";

const SLOW_BACKLOG_MS = 3000;
const SLOW_REPLY_MS = 2000;
const FULL_BAR_MS = 3000;

export function drawFigures(model, now) {
  const { question } = model;
  const left = leftMs(model, now);
  const newest = model.latencies.at(-1);
  write(find("bind", "state"), stateWords(model, now));
  find("bind", "state").dataset.light = model.state;
  write(find("bind", "question-number"), question ? `${question.number} of ${question.total}` : "–");
  write(find("bind", "elapsed"), minutes(elapsedMs(model, now)));
  write(find("bind", "left"), left === null ? "–" : minutes(left));
  write(find("bind", "latency"), newest ? seconds(newest.total) : "–");
  write(find("bind", "network"), networkWords(model, now));
  write(find("bind", "consent"), consentWords(model.consent));
  setLevel(find("bind", "level"), loudness(model.levelDb ?? FLOOR_DB));
}

export function stateWords({ state, stateSince, isOver }, now) {
  const words = STATES[state] ?? state;
  if (stateSince === null || isOver) return words;
  const lasts = Math.floor((now - stateSince) / 1000);
  return lasts < 1 ? words : `${words} ${lasts < 120 ? `${lasts} s` : `${Math.floor(lasts / 60)} min`}`;
}

export function networkWords({ isConnected, awaySince, isOver, drops, backlogMs }, now) {
  if (isConnected === null || isOver) return "–";
  const words = [];
  if (isConnected) words.push(backlogMs > SLOW_BACKLOG_MS ? `${Math.round(backlogMs / 1000)} s behind` : "steady");
  else words.push(awaySince === null ? "not here" : `away ${Math.max(0, Math.floor((now - awaySince) / 1000))} s`);
  if (drops) words.push(drops === 1 ? "1 drop" : `${drops} drops`);
  return words.join(", ");
}

export function consentWords(consent) {
  if (!consent) return "not decided";
  return [
    consent.ai_evaluation ? "evaluation" : "no evaluation",
    consent.recording ? "recording" : "no recording",
    consent.listening ? "listening" : "no listening",
  ].join(", ");
}

export function drawLatencies({ latencies }) {
  const list = find("bind", "latencies");
  const key = latencies.map((one) => `${one.turn}:${one.total}`).join(" ");
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...latencies.map(latencyBar));
  write(find("bind", "latencies-empty"), latencies.length ? "" : "No turn has been answered while this page was open.");
}

function latencyBar({ turn, endpoint, transcribe, total }) {
  const item = make("li", { className: total > SLOW_REPLY_MS ? "is-slow" : "" });
  item.title = `Turn ${turn}: over after ${seconds(endpoint)}, words after ${seconds(transcribe)}, reply after ${seconds(total)}`;
  const bar = make("span", { className: "bar" });
  bar.style.setProperty("--part", Math.min(1, total / FULL_BAR_MS).toFixed(3));
  bar.setAttribute("aria-hidden", "true");
  const label = make("span", { className: "number", text: (total / 1000).toFixed(1) });
  item.append(bar, label, make("span", { className: "visually-hidden", text: ` s, turn ${turn}${total > SLOW_REPLY_MS ? ", slow" : ""}` }));
  return item;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
