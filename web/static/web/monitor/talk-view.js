/** Draws the captions: who said what when, how surely it was understood, and what else happened. */

import { minutes } from "../page/clock.js";
import { find, make, show, write } from "../page/elements.js";

const UNSURE = 0.5;
const NEAR_END_PX = 40;

export function drawTalk(model) {
  const list = find("bind", "talk");
  const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - NEAR_END_PX;
  const lines = model.talk.filter((line) => line.text || line.isSpoken);
  const rows = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const keys = new Set(lines.map((line) => line.key));
  for (const [key, row] of rows) if (!keys.has(key)) row.remove();
  lines.forEach((line, index) => {
    const row = rows.get(line.key) ?? makeLine(line);
    write(find("part", "text", row), line.text || (line.partial ? "" : "speaks…"));
    write(find("part", "partial", row), line.partial ? ` ${line.partial}…` : "");
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  show(find("bind", "talk-empty"), lines.length === 0);
  write(find("bind", "partial"), model.partial ? `${model.partial}…` : "");
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

function makeLine(line) {
  const row = make("div", { className: `by-${line.side}${line.isPrivate ? " is-private" : ""}` });
  row.dataset.key = line.key;
  row.append(make("span", { className: "at", text: minutes(line.atMs ?? 0) }));
  const body = make("span");
  if (line.side !== "fact") body.append(make("span", { className: "from", text: speaker(line), dir: "auto" }));
  const text = make("span", { dir: "auto" });
  text.dataset.part = "text";
  const partial = make("span", { className: "is-partial", dir: "auto" });
  partial.dataset.part = "partial";
  partial.setAttribute("aria-hidden", "true"); // a screen reader hears the words once they are known
  body.append(text, partial);
  row.append(body, sureness(line));
  return row;
}

export function speaker(line) {
  if (line.side === "candidate") return line.isTyped ? "Candidate, typed" : "Candidate";
  return line.by && line.by !== "ai" ? line.by : "AI interviewer";
}

function sureness({ confidence }) {
  if (typeof confidence !== "number") return make("span", { className: "sure" });
  const percent = `${Math.round(confidence * 100)} %`;
  const isUnsure = confidence < UNSURE;
  return make("span", { className: isUnsure ? "sure is-unsure" : "sure", text: isUnsure ? `unsure ${percent}` : percent });
}
