/** One interview, watched live, with the ways to step in. */

import { config, find, show, write } from "../page/elements.js";
import { LiveSocket } from "../wire/socket.js";
import { Commands } from "./commands.js";
import { Deck } from "./deck.js";
import { drawFigures, drawLatencies } from "./figures-view.js";
import { drawLink } from "./link.js";
import { ListenView } from "./listen-view.js";
import { asMine, elapsedMs, EMPTY, reduce } from "./model.js";
import { OwnVoice } from "./own-voice.js";
import { Ratings } from "./ratings.js";
import { drawNotes, drawPlan, drawPresent } from "./side-view.js";
import { drawTalk } from "./talk-view.js";

const settings = config("monitor-config");
const outcome = find("bind", "outcome");
let model = EMPTY;
let isDue = false;
let isLinked = false;

const socket = new LiveSocket(settings.socket, {
  hello: () => ({ type: "hello", last_seq: model.seq }),
  onMessage: hear,
  onLink: linked,
});
const commands = new Commands({
  send: (message) => socket.send(message),
  tell: (kind, text) => {
    outcome.dataset.kind = kind;
    write(outcome, text);
  },
});
const listen = new ListenView({ root: find("region", "listen"), commands });
const deck = settings.may_command ? makeDeck() : null;
const ratings = settings.may_note ? new Ratings({ root: find("region", "ratings"), paths: settings }) : null;

function makeDeck() {
  const voice = new OwnVoice({
    send: (buffer) => socket.sendBinary(buffer),
    onChange: () => deck.drawVoice(),
    onLevel: (db) => deck.drawOwnLevel(db),
  });
  return new Deck({
    root: find("region", "commands"),
    commands,
    voice,
    onTaken: () => {
      model = asMine(model);
      drawSoon();
    },
    onSpeaking: () => listen.begin(),
  });
}

function hear(message) {
  if (message.type === "audio") return listen.take(message.data);
  if (message.type === "error") complained(message);
  model = reduce(model, message, Date.now());
  commands.hear(message);
  if (message.type === "monitor.snapshot") rejoined();
  return drawSoon();
}

function complained({ code, message }) {
  if (code === "not_yours") deck?.voice.refused();
  else commands.tell("rejected", message);
}

function rejoined() {
  isLinked = true;
  deck?.voice.begin();
  commands.again();
  listen.rejoin();
}

function linked(link) {
  if (link.state !== "open") isLinked = false;
  drawLink(find("bind", "link"), link);
  if (link.state === "stopped") {
    deck?.voice.close();
    listen.stop();
  }
  if (link.code === 4410) model = { ...model, isOver: true };
  drawSoon();
}

/** A replayed log comes as hundreds of messages at once; one drawing is enough for them. */
function drawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (model.state) draw(Date.now());
  });
}

function draw(now) {
  drawFigures(model, now);
  drawLatencies(model);
  drawTalk(model);
  drawPlan(model);
  drawPresent(model);
  drawNotes(model);
  listen.draw(model);
  ratings?.draw(model);
  deck?.draw(model, isLinked);
  show(find("region", "over"), model.isOver);
  show(find("form", "note"), !model.isOver);
}

find("form", "note")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const text = form.elements.text.value.trim();
  if (!text) return;
  const onDone = () => form.elements.text.value.trim() === text && form.reset();
  commands.give("note.add", { text, at_ms: Math.round(elapsedMs(model, Date.now())) }, { onDone });
});

setInterval(() => model.state && drawFigures(model, Date.now()), 1000);
void ratings?.load();
socket.open();
