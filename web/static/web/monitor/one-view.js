/** Draws one interview for its observers. */

import { minutes } from "../page/clock.js";
import { find, make, setLevel, show, write } from "../page/elements.js";
import { FLOOR_DB, loudness } from "../sound/level.js";
import { STATES } from "./health.js";
import { elapsedMs, leftMs } from "./model.js";

const UNSURE = 0.5;

export function draw(model, now) {
  write(find("bind", "state"), STATES[model.state] ?? model.state);
  drawFigures(model, now);
  drawTalk(model);
  drawPlan(model);
  drawList(find("bind", "present"), model.present.map(personLine), "Nobody else.");
  drawNotes(model);
  show(find("region", "over"), model.isOver);
  show(find("region", "commands"), !model.isOver);
  show(find("region", "note-form"), !model.isOver);
}

export function drawFigures(model, now) {
  const { question } = model;
  const left = leftMs(model, now);
  write(find("bind", "question-number"), question ? `${question.number} of ${question.total}` : "–");
  write(find("bind", "elapsed"), minutes(elapsedMs(model, now)));
  write(find("bind", "left"), left === null ? "–" : minutes(left));
  write(find("bind", "latency"), model.latencyMs === null ? "–" : `${model.latencyMs} ms`);
  write(find("bind", "network"), networkWords(model));
  write(find("bind", "consent"), consentWords(model.consent));
  setLevel(find("bind", "level"), loudness(model.levelDb ?? FLOOR_DB));
}

function networkWords({ isConnected, isOver, drops, backlogMs }) {
  if (isConnected === null || isOver) return "–";
  const state = isConnected ? (backlogMs > 3000 ? `${Math.round(backlogMs / 1000)} s behind` : "steady") : "not here";
  return drops ? `${state}, ${drops} ${drops === 1 ? "drop" : "drops"}` : state;
}

function consentWords(consent) {
  if (!consent) return "not decided";
  const given = [
    consent.ai_evaluation ? "evaluation" : "no evaluation",
    consent.recording ? "recording" : "no recording",
    consent.listening ? "listening" : "no listening",
  ];
  return given.join(", ");
}

function drawTalk(model) {
  const list = find("bind", "talk");
  const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 40;
  const lines = model.talk.filter((line) => line.text);
  const rows = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const keys = new Set(lines.map((line) => line.key));
  for (const [key, row] of rows) if (!keys.has(key)) row.remove();
  lines.forEach((line, index) => {
    const row = rows.get(line.key) ?? makeLine(line);
    write(find("part", "text", row), line.text);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  show(find("bind", "talk-empty"), lines.length === 0);
  write(find("bind", "partial"), model.partial ? `${model.partial}…` : "");
}

function makeLine(line) {
  const row = make("div", { className: `by-${line.side}` });
  row.dataset.key = line.key;
  row.append(make("span", { className: "at", text: minutes(line.atMs ?? 0) }));
  const body = make("span");
  if (line.side !== "fact") body.append(make("span", { className: "from", text: speaker(line), dir: "auto" }));
  const text = make("span", { dir: "auto" });
  text.dataset.part = "text";
  body.append(text);
  row.append(body, sureness(line));
  return row;
}

function speaker(line) {
  if (line.side === "candidate") return line.isTyped ? "Candidate, typed" : "Candidate";
  return line.by && line.by !== "ai" ? line.by : "AI interviewer";
}

function sureness({ confidence }) {
  if (typeof confidence !== "number") return make("span", { className: "sure" });
  const percent = `${Math.round(confidence * 100)} %`;
  const isUnsure = confidence < UNSURE;
  return make("span", { className: isUnsure ? "sure is-unsure" : "sure", text: isUnsure ? `unsure ${percent}` : percent });
}

function drawPlan(model) {
  const list = find("bind", "plan");
  const current = model.question?.number;
  const text = model.question?.text;
  for (const queued of model.queued) addQueued(list, queued, current);
  const items = [...list.querySelectorAll("[data-number]")];
  const place = items.findIndex((item) => item.textContent === text);
  items.forEach((item, index) => {
    const isCurrent = place >= 0 ? index === place : Number(item.dataset.number) === current;
    item.classList.toggle("is-asked", place >= 0 ? index < place : Number(item.dataset.number) < (current ?? 0));
    if (isCurrent) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
}

/** A question that was put in comes after the current one, behind others that were. */
function addQueued(list, text, current) {
  if ([...list.children].some((item) => item.textContent === text)) return;
  const item = make("li", { text, dir: "auto" });
  item.dataset.number = String(current ?? 0);
  item.dataset.queued = "";
  let before = [...list.children].find((one) => Number(one.dataset.number) > (current ?? 0)) ?? null;
  while (before?.dataset.queued !== undefined) before = before.nextElementSibling;
  list.insertBefore(item, before);
}

function personLine({ name, listening }) {
  return listening ? `${name}, listening` : name;
}

function drawList(list, lines, empty) {
  const wanted = lines.length ? lines : [empty];
  const drawn = [...list.children].map((item) => item.textContent);
  if (wanted.join("\n") === drawn.join("\n")) return;
  list.replaceChildren(...wanted.map((text) => make("li", { text, dir: "auto", className: lines.length ? "" : "soft" })));
}

function drawNotes(model) {
  const list = find("bind", "notes");
  if (list.childElementCount === model.notes.length) return;
  list.replaceChildren(
    ...model.notes.map((note) => {
      const item = make("li");
      const when = note.atMs === null || note.atMs === undefined ? "" : `${minutes(note.atMs)} · `;
      item.append(make("span", { className: "at", text: `${when}${note.by}`, dir: "auto" }), make("div", { text: note.text, dir: "auto" }));
      return item;
    }),
  );
}
