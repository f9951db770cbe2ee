/** The live list: one card for each running interview, those in trouble first. */

import { shortLocalTime } from "../page/clock.js";
import { config, find, make, show, write } from "../page/elements.js";
import { LiveSocket } from "../wire/socket.js";
import { drawLink } from "./link.js";
import { inOrder, networkWords, severity, stateWords } from "./health.js";

const cards = new Map(); // id -> {card, since}
const list = find("bind", "cards");

function put(card) {
  const former = cards.get(card.id);
  const isSame = former && former.card.state === card.state && former.card.is_connected === card.is_connected;
  cards.set(card.id, { card, since: isSame ? former.since : Date.now() });
}

const RULES = {
  "monitor.snapshot": ({ sessions }) => {
    const ids = new Set(sessions.map((card) => card.id));
    [...cards.keys()].filter((id) => !ids.has(id)).forEach((id) => cards.delete(id));
    sessions.forEach(put);
  },
  "monitor.card": ({ session }) => put(session),
  "monitor.gone": ({ id }) => cards.delete(id),
};

const socket = new LiveSocket(config("monitor-config").socket, {
  hello: () => ({ type: "hello" }),
  onMessage: (message) => {
    RULES[message.type]?.(message);
    draw();
  },
  onLink: (link) => drawLink(find("bind", "link"), link),
});

/** Rows are kept and moved, so that neither focus nor a screen reader's place is lost. */
function draw() {
  const since = (card) => Date.now() - cards.get(card.id).since;
  const ordered = inOrder([...cards.values()].map((one) => one.card), since);
  const rows = new Map([...list.children].map((row) => [Number(row.dataset.id), row]));
  for (const [id, row] of rows) if (!cards.has(id)) row.remove();
  ordered.forEach((card, index) => {
    const row = rows.get(card.id) ?? makeRow(card);
    fill(row, card, since(card));
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  show(find("bind", "empty"), ordered.length === 0);
}

function makeRow(card) {
  const row = make("li");
  row.dataset.id = card.id;
  const link = make("a", { className: "live-card" });
  link.href = `/monitor/${card.uuid}/`;
  for (const [tag, className] of [["span", "sign"], ["b", "name"], ["span", "role"], ["span", "state"], ["span", "place number"], ["span", "network soft"]]) {
    const part = make(tag, { className });
    part.dataset.part = className.split(" ")[0];
    if (className === "name" || className === "role") part.dir = "auto";
    link.append(part);
  }
  find("part", "sign", link).setAttribute("aria-hidden", "true");
  row.append(link);
  return row;
}

function fill(row, card, sinceMs) {
  const isTrouble = severity(card, sinceMs) >= 2;
  row.firstChild.classList.toggle("is-trouble", isTrouble);
  const texts = {
    sign: isTrouble ? "▲" : "●",
    name: card.candidate_name || "Without a name",
    role: card.role || card.title,
    state: stateWords(card, sinceMs),
    place: card.question_number ? `${card.question_number}/${card.total_questions}` : `–/${card.total_questions}`,
    network: networkWords(card),
  };
  Object.entries(texts).forEach(([name, text]) => write(find("part", name, row), text));
}

document.querySelectorAll("time").forEach((time) => write(time, shortLocalTime(time.dateTime)));
setInterval(draw, 1000);
socket.open();
