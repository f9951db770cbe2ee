/** Draws what stands beside the captions: the plan with what was heard of it, who is there, the notes. */

import { minutes } from "../page/clock.js";
import { find, make, show, write } from "../page/elements.js";
import { coverageOf } from "./plan.js";

/** Questions are drawn anew only when the plan has another shape, so that an opened one stays open. */
export function drawPlan(model) {
  const list = find("bind", "plan");
  const shape = model.plan.map((one) => `${one.number} ${one.text} ${one.points.length}`).join("\n");
  if (list.dataset.shape !== shape) {
    list.dataset.shape = shape;
    list.replaceChildren(...model.plan.map(makeQuestion));
    if (!model.plan.length) list.append(make("li", { className: "soft", text: "No questions are listed." }));
  }
  for (const one of model.plan) drawQuestion(list.children[one.number - 1], one, model.question?.number === one.number && !model.isOver);
}

function makeQuestion(one) {
  const item = make("li");
  item.dataset.number = one.number;
  const line = make(one.points.length ? "summary" : "p", { className: "plan-line" });
  const sign = make("span", { className: "plan-sign number" });
  sign.dataset.part = "sign";
  line.append(sign, make("span", { className: "plan-text", text: one.isPutIn ? `${one.text} (put in)` : one.text, dir: "auto" }));
  if (!one.points.length) {
    item.append(line);
    return item;
  }
  const share = make("span", { className: "number plan-share" });
  share.dataset.part = "share";
  line.append(share);
  const details = make("details");
  const points = make("ul", { className: "plain points" });
  points.append(...one.points.map((point) => make("li", { text: "", dir: "auto" })));
  details.append(line, points);
  item.append(details);
  return item;
}

function drawQuestion(item, one, isCurrent) {
  const sign = isCurrent ? "▸" : one.asked ? "✓" : "";
  write(find("part", "sign", item), `${one.number} ${sign}`.trim());
  item.classList.toggle("is-asked", one.asked && !isCurrent);
  if (isCurrent) item.setAttribute("aria-current", "true");
  else item.removeAttribute("aria-current");
  const { heard, total } = coverageOf(one);
  if (!total) return;
  write(find("part", "share", item), `${heard}/${total}`);
  item.querySelectorAll(".points > li").forEach((line, index) => {
    const { text, covered } = one.points[index];
    line.classList.toggle("is-covered", covered);
    write(line, `${covered ? "✓ heard" : "○ not yet"} · ${text}`);
  });
}

export function drawPresent({ present, takeover }) {
  const speaks = (person) => takeover !== null && person.ref === takeover.ref;
  drawList(find("bind", "present"), present.map((person) => personLine(person, speaks(person))), "Nobody.");
}

export function personLine({ name, role, listening }, isSpeaking) {
  const does = isSpeaking ? ", speaks with the candidate" : listening ? ", listens" : ", reads along";
  return `${name}${role ? ` (${role})` : ""}${does}`;
}

function drawList(list, lines, empty) {
  const wanted = lines.length ? lines : [empty];
  const drawn = [...list.children].map((item) => item.textContent);
  if (wanted.join("\n") === drawn.join("\n")) return;
  list.replaceChildren(...wanted.map((text) => make("li", { text, dir: "auto", className: lines.length ? "" : "soft" })));
}

export function drawNotes({ notes }) {
  const list = find("bind", "notes");
  show(find("bind", "notes-empty"), notes.length === 0);
  if (list.childElementCount === notes.length) return;
  list.replaceChildren(...notes.map(makeNote));
}

function makeNote({ text, by, atMs }) {
  const item = make("li");
  const when = atMs === null || atMs === undefined ? "" : `${minutes(atMs)} · `;
  item.append(make("span", { className: "at", text: `${when}${by}`, dir: "auto" }), make("div", { text, dir: "auto" }));
  return item;
}
