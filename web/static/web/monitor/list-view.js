/** Draws the cards of the live list. */

import { minutes } from "../page/clock.js";
import { find, write } from "../page/elements.js";
import { isAway, isTrouble, latencyWords, leftMs, networkWords, roleOf, stateWords, struggleWords } from "./health.js";

const LEVELS = ["silence", "a quiet room", "soft", "usual speech", "loud"];
const LIGHTS = { candidate_speaking: "speaking", interviewer_speaking: "speaking", taken_over: "speaking", thinking: "thinking", listening: "listening" };

/** Rows are kept and moved, so that neither focus nor a screen reader's place is lost. */
export function drawCards(list, cards, now) {
  const ids = new Set(cards.map((card) => card.id));
  const rows = new Map([...list.children].map((row) => [Number(row.dataset.id), row]));
  for (const [id, row] of rows) if (!ids.has(id)) row.remove();
  cards.forEach((card, index) => {
    const row = rows.get(card.id) ?? makeRow(card);
    fill(row, card, now);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
}

function makeRow(card) {
  const row = document.getElementById("card").content.firstElementChild.cloneNode(true);
  row.dataset.id = card.id;
  row.querySelector("a").href = `/monitor/${card.uuid}/`;
  return row;
}

function fill(row, card, now) {
  const isBad = isTrouble(card, now);
  row.firstElementChild.classList.toggle("is-trouble", isBad);
  const sign = find("part", "sign", row);
  sign.dataset.light = isAway(card) ? "lost" : (LIGHTS[card.state] ?? "");
  const left = leftMs(card, now);
  const texts = {
    sign: isBad ? "▲" : "●",
    name: card.candidate_name || "Without a name",
    role: roleOf(card),
    state: stateWords(card, now),
    place: `${card.question_number || "–"}/${card.total_questions}`,
    left: left === null ? "" : `${minutes(left)} left`,
    network: networkWords(card),
    latency: latencyWords(card),
    struggle: struggleWords(card),
    watching: card.observers ? `${card.observers} watching` : "nobody watches",
  };
  Object.entries(texts).forEach(([name, text]) => write(find("part", name, row), text));
  drawLevel(find("part", "level", row), card.level);
}

/** Five steps as the server counts them; a picture with words, not a live meter to be read out. */
function drawLevel(meter, level) {
  const words = level === null || level === undefined ? "nothing heard yet" : LEVELS[level];
  if (meter.dataset.level === String(level ?? "")) return;
  meter.dataset.level = String(level ?? "");
  meter.setAttribute("aria-label", `Level: ${words}`);
  [...meter.children].forEach((bar, index) => bar.classList.toggle("is-on", index < (level ?? 0)));
}
