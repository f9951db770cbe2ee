/** One's own rating of each answer, and only then what the AI made of it: the server keeps it sealed until then. */

import { find, make, show, write } from "../page/elements.js";
import { ApiError, get, send } from "../wire/api.js";

export class Ratings {
  /** `paths` = {ratings, score}. */
  constructor({ root, paths }) {
    this.root = root;
    this.paths = paths;
    this.list = find("bind", "ratings", root);
    this.own = new Map(); // number -> {score, comment}
    this.judged = new Map(); // number -> question score
    this.isLoaded = false;
    root.addEventListener("submit", (event) => this.submitted(event));
  }

  async load() {
    try {
      const { results } = await get(this.paths.ratings);
      results.filter((one) => one.is_own).forEach((one) => this.own.set(one.number, one));
      if (this.own.size) await this.loadScores();
      this.isLoaded = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      write(find("bind", "ratings-outcome", this.root), error.message);
    }
    this.draw(this.model);
  }

  async loadScores() {
    const { question_scores: scores } = await get(this.paths.score);
    scores.filter((one) => !one.is_sealed).forEach((one) => this.judged.set(one.order_number, one));
  }

  async submitted(event) {
    event.preventDefault();
    const form = event.target;
    const number = Number(form.dataset.number);
    const score = Number(form.elements[`score-${number}`].value);
    const outcome = find("part", "outcome", form);
    if (!score) return write(outcome, "Pick a number from 1 to 5 first.");
    try {
      const kept = await send("POST", this.paths.ratings, { number, score, comment: form.elements.comment.value.trim() });
      this.own.set(number, kept);
      write(outcome, "Your rating is saved.");
      await this.loadScores();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      write(outcome, error.message);
    }
    return this.draw(this.model);
  }

  draw(model) {
    this.model = model;
    if (!model) return;
    const numbers = [...new Set([...model.answered, ...this.own.keys()])].filter((number) => number > 0).sort((a, b) => a - b);
    for (const number of numbers) {
      const row = find("number", number, this.list) ?? this.add(number);
      this.fill(row, number, model.plan.find((one) => one.number === number));
    }
    show(find("bind", "ratings-empty", this.root), numbers.length === 0);
  }

  add(number) {
    const row = document.getElementById("rating").content.firstElementChild.cloneNode(true);
    row.dataset.number = number;
    const form = row.querySelector("form");
    form.dataset.number = number;
    form.querySelectorAll("input[type=radio]").forEach((radio) => (radio.name = `score-${number}`));
    const after = [...this.list.children].find((one) => Number(one.dataset.number) > number);
    this.list.insertBefore(row, after ?? null);
    const own = this.own.get(number);
    if (own) {
      form.elements[`score-${number}`].value = String(own.score);
      form.elements.comment.value = own.comment;
    }
    return row;
  }

  fill(row, number, question) {
    const own = this.own.get(number);
    const judged = this.judged.get(number);
    write(find("part", "title", row), `${number}. ${question?.text ?? "Question"}`);
    write(find("part", "standing", row), standingWords(own, judged));
    write(find("part", "save", row), own ? "Change my rating" : "Save my rating");
    const box = find("part", "judged", row);
    show(box, Boolean(own));
    if (own) box.replaceChildren(...judgedLines(judged));
  }
}

export function standingWords(own, judged) {
  if (!own) return "sealed";
  if (!judged) return `you ${own.score}`;
  return `you ${own.score} · AI ${judged.anchor ?? "–"}`;
}

/** The provisional judgement in words; nothing of it is there before one has rated. */
export function judgedLines(judged) {
  if (!judged) return [make("p", { className: "soft", text: "The AI has not judged this answer (yet)." })];
  const lines = [make("p", { className: "judged-score", text: scoreLine(judged) })];
  const criteria = (judged.criteria ?? []).map(({ name, score }) => `${name} ${score === null ? "not judged" : Math.round(score)}`);
  if (criteria.length) lines.push(make("p", { className: "soft number", text: criteria.join(" · ") }));
  if (judged.feedback) lines.push(make("p", { text: judged.feedback, dir: "auto" }));
  if (judged.improvements?.length) lines.push(make("p", { text: `What was missing: ${judged.improvements.join(" ")}`, dir: "auto" }));
  return lines;
}

function scoreLine({ status, score, anchor }) {
  if (status === "not_scorable") return "The AI could not score this answer.";
  if (score === null) return "The AI has not judged this answer (yet).";
  const step = anchor === null ? "" : `, ${anchor} of 5 on the anchors`;
  return `The AI, provisionally: ${Math.round(score)} of 100${step}`;
}
