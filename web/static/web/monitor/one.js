/** One interview, watched live, with the ways to step in. */

import { ask, config, find, write } from "../page/elements.js";
import { LiveSocket } from "../wire/socket.js";
import { drawLink } from "./link.js";
import { EMPTY, elapsedMs, reduce } from "./model.js";
import { draw, drawFigures } from "./one-view.js";

const WORDS = {
  "note.add": "The note is kept.",
  "question.queue": "The question is put in; it comes after the current one.",
  "question.skip": "The question is skipped.",
  "time.extend": "Five minutes are added.",
  "session.pause": "The interview is paused.",
  "session.resume": "The interview goes on.",
  "session.end": "The interview has ended.",
};

let model = EMPTY;
let isDue = false;
const waiting = new Map(); // command_id -> {kind, form}
const outcome = find("bind", "outcome");

const socket = new LiveSocket(config("monitor-config").socket, {
  hello: () => ({ type: "hello", last_seq: model.seq }),
  onMessage: (message) => {
    ANSWERS[message.type]?.(message);
    model = reduce(model, message, Date.now());
    drawSoon();
  },
  onLink: (link) => drawLink(find("bind", "link"), link),
});

const ANSWERS = {
  "command.done": ({ command_id: id }) => settle(id, "done", (kind) => WORDS[kind]),
  "command.rejected": ({ command_id: id, message }) => settle(id, "rejected", () => message),
  "command.queued": ({ command_id: id }) => tell("queued", `${WORDS[waiting.get(id)?.kind] ?? "It"} Still waiting for the interview to take it.`),
  error: ({ message }) => tell("rejected", message),
};

function settle(id, kind, words) {
  const command = waiting.get(id);
  if (!command) return;
  waiting.delete(id);
  tell(kind, words(command.kind));
  if (kind === "done") command.form?.reset();
}

function tell(kind, text) {
  outcome.dataset.kind = kind;
  write(outcome, text);
}

function command(kind, fields = {}, form = null) {
  const id = commandId();
  if (!socket.send({ type: kind, command_id: id, ...fields })) {
    return tell("rejected", "The line is not there just now. Try again in a moment.");
  }
  waiting.set(id, { kind, form });
  return tell("sent", "Sent…");
}

/** `crypto.randomUUID` exists only on secure addresses. */
function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A replayed log comes as hundreds of messages at once; one drawing is enough for them. */
function drawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    draw(model, Date.now());
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.command) return;
  event.preventDefault();
  const text = form.elements.text.value.trim();
  if (!text) return;
  if (form.dataset.command === "note.add") command("note.add", { text, at_ms: Math.round(elapsedMs(model, Date.now())) }, form);
  else command("question.queue", { text, verbatim: form.elements.verbatim.checked }, form);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-command], button[data-action]");
  if (!button) return;
  if (button.dataset.action === "end") {
    if ((await ask("end")) === "end") command("session.end");
  } else if (button.dataset.command === "time.extend") command("time.extend", { minutes: Number(button.dataset.minutes) });
  else command(button.dataset.command);
});

setInterval(() => model.state && drawFigures(model, Date.now()), 1000);
socket.open();
