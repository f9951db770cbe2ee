/** The live list: one card for each running interview, those in trouble first. */

import { config, find, show, write } from "../page/elements.js";
import { LiveSocket } from "../wire/socket.js";
import { drawLink } from "./link.js";
import { inOrder, isTrouble, narrowed, roleOf, stateWords } from "./health.js";
import { drawCards } from "./list-view.js";

const { socket: path, me } = config("monitor-config");
const cards = new Map(); // by id
const troubled = new Set(); // ids that were announced
const filters = find("form", "filters");

const RULES = {
  "monitor.snapshot": ({ sessions }) => {
    cards.clear();
    sessions.forEach((card) => cards.set(card.id, card));
  },
  "monitor.card": ({ session }) => cards.set(session.id, session),
  "monitor.gone": ({ id }) => cards.delete(id),
};

const socket = new LiveSocket(path, {
  hello: () => ({ type: "hello" }),
  onMessage: (message) => {
    RULES[message.type]?.(message);
    draw();
  },
  onLink: (link) => drawLink(find("bind", "link"), link),
});

function draw() {
  const now = Date.now();
  const wanted = { role: filters.elements.role.value, owner: filters.elements.mine.checked ? me : null };
  const shown = inOrder(narrowed([...cards.values()], wanted), now);
  drawCards(find("bind", "cards"), shown, now);
  drawRoles();
  write(find("bind", "count"), shown.length === cards.size ? String(cards.size) : `${shown.length} of ${cards.size}`);
  show(filters, cards.size > 1 || wanted.role !== "" || wanted.owner !== null);
  show(find("bind", "empty"), cards.size === 0);
  show(find("bind", "none-left"), cards.size > 0 && shown.length === 0);
  announce(shown, now);
}

/** The jobs there are; the chosen one stays, also while none of it runs. */
function drawRoles() {
  const { role } = filters.elements;
  const names = [...new Set([...[...cards.values()].map(roleOf), role.value])].filter(Boolean).sort();
  const drawn = [...role.options].slice(1).map((option) => option.value);
  if (names.join("\n") === drawn.join("\n")) return;
  const chosen = role.value;
  role.replaceChildren(role.options[0], ...names.map((name) => new Option(name, name)));
  role.value = chosen;
}

/** A screen reader is told when trouble begins, once for each, and nothing else of what moves here. */
function announce(shown, now) {
  const inTrouble = shown.filter((card) => isTrouble(card, now));
  const fresh = inTrouble.filter((card) => !troubled.has(card.id));
  troubled.clear();
  inTrouble.forEach((card) => troubled.add(card.id));
  if (!fresh.length) return;
  const lines = fresh.map((card) => `${card.candidate_name || "Without a name"}: ${stateWords(card, now)}.`);
  write(find("bind", "announcement"), lines.join(" "));
}

filters.addEventListener("input", draw);
filters.addEventListener("submit", (event) => event.preventDefault());
setInterval(draw, 1000);
draw();
socket.open();
