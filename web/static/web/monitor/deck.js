/** The command deck: words for the interviewer, buttons, and taking over. Draws itself from model and page. */

import { all, ask, find, setLevel, show, write } from "../page/elements.js";
import { FLOOR_DB, loudness } from "../sound/level.js";

const NARROW = "(max-width: 899px)"; // as in deck.css: what is said stays in sight above the opened deck

export const HOW = {
  whisper: { help: "Advice on the interviewer's next three replies. The candidate never sees it.", send: "Whisper it" },
  "question.queue": { help: "Asked after the current question.", send: "Put it in" },
  say: { help: "The interviewer's very next words, exactly these, with your name beside them.", send: "Have it said" },
};

/** Which of the deck's parts show: nobody has taken over, this page has, or somebody else has. */
export function holderOf({ takeover }) {
  if (!takeover) return "free";
  return takeover.isMine ? "mine" : "other";
}

export class Deck {
  /** `commands` sends, `voice` is the own microphone, `model()` the newest knowledge. */
  constructor({ root, commands, voice, onTaken, onSpeaking }) {
    this.root = root;
    this.commands = commands;
    this.voice = voice;
    this.onTaken = onTaken;
    this.onSpeaking = onSpeaking;
    this.holder = "free";
    this.words = find("form", "words", root);
    this.own = find("form", "own-words", root);
    this.captions = document.querySelector(".captions-pane");
    root.addEventListener("submit", (event) => this.submitted(event));
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("keydown", (event) => this.pressed(event));
    this.words.addEventListener("change", () => this.drawHow());
    this.drawHow();
  }

  get how() {
    return this.words.elements.how.value;
  }

  submitted(event) {
    event.preventDefault();
    const form = event.target;
    const { text: field } = form.elements;
    const text = field.value.trim();
    if (!text) return field.focus();
    const type = form === this.own ? "takeover.say" : this.how;
    if (this.commands.isWaitingFor(type, text)) return false; // pressed twice: one word, not two
    const fields = type === "question.queue" ? { text, verbatim: form.elements.verbatim.checked } : { text };
    // Typed text goes only when it has arrived, and only if nobody has typed on meanwhile.
    const onDone = () => field.value.trim() === text && (field.value = "");
    return this.commands.give(type, fields, { onDone });
  }

  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.localName !== "textarea") return;
    event.target.form.requestSubmit();
  }

  async clicked(event) {
    const button = event.target.closest("button[data-command], button[data-action]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { command, action } = button.dataset;
    if (action) await this.act(action);
    else if (command === "takeover.start") this.takeOver();
    else {
      if (command === "takeover.end") this.voice.close(); // nothing more is heard, whenever the answer comes
      this.commands.give(command, fieldsOf(button));
    }
    button.closest("details")?.removeAttribute("open");
  }

  async act(action) {
    if (action === "end") {
      if ((await ask("end")) === "end") this.commands.give("session.end");
    } else if (action === "mic") await this.switchMic();
    else if (action === "mute") this.voice.toggleMute();
    else if (action === "deck") this.open(this.root.dataset.open !== "true");
  }

  async switchMic() {
    if (this.voice.state !== "off") return this.voice.close();
    void this.onSpeaking(); // first: a page may sound only while somebody presses something
    return this.voice.open();
  }

  takeOver() {
    this.voice.begin();
    this.commands.give("takeover.start", {}, { onDone: this.onTaken });
  }

  /** On a phone the deck lies at the bottom, and opens over the page. */
  open(isOpen) {
    this.root.dataset.open = String(isOpen);
    find("action", "deck", this.root).setAttribute("aria-expanded", String(isOpen));
    if (isOpen && matchMedia(NARROW).matches) this.captions.scrollIntoView({ block: "start" });
    this.showNewest();
  }

  /** The deck takes or gives the captions room; the newest words are what counts. */
  showNewest() {
    const talk = find("bind", "talk", this.captions);
    talk.scrollTop = talk.scrollHeight;
  }

  draw(model, isLinked) {
    show(this.root, !model.isOver);
    const holder = holderOf(model);
    for (const part of all("when", this.root)) show(part, part.dataset.when.split(" ").includes(holder));
    write(find("bind", "holder", this.root), model.takeover?.by ?? "");
    show(find("command", "session.pause", this.root), model.state !== "paused" && holder !== "mine");
    show(find("command", "session.resume", this.root), model.state === "paused");
    const isAsking = Boolean(model.question) && model.state !== "paused";
    this.allow({ "question.skip": isAsking, "question.rephrase": isAsking, "takeover.start": model.clock.since !== null || model.state === "paused" }, isLinked);
    this.root.dataset.holder = holder;
    if (holder !== this.holder) this.changed(holder);
  }

  /** Not `disabled`: that would throw the focus of whoever works by keyboard to the top of the page. */
  allow(isOn, isLinked) {
    for (const [command, may] of Object.entries(isOn)) {
      find("command", command, this.root).setAttribute("aria-disabled", String(!(may && isLinked)));
    }
  }

  changed(holder) {
    const wasMine = this.holder === "mine";
    this.holder = holder;
    this.showNewest();
    if (holder === "mine") {
      this.open(true);
      this.own.elements.text.focus();
    }
    if (!wasMine) return;
    this.voice.close();
    if (this.root.contains(document.activeElement) || document.activeElement === document.body) {
      find(holder === "free" ? "command" : "bind", holder === "free" ? "takeover.start" : "outcome", this.root).focus();
    }
  }

  drawHow() {
    const { help, send } = HOW[this.how];
    write(find("bind", "words-help", this.root), help);
    write(find("bind", "words-send", this.root), send);
    show(find("part", "verbatim", this.root), this.how === "question.queue");
  }

  drawVoice() {
    const { state, trouble } = this.voice;
    const isOn = state === "on" || state === "muted";
    write(find("action", "mic", this.root), isOn ? "Stop the microphone" : "Speak by microphone");
    show(find("action", "mute", this.root), isOn);
    find("action", "mute", this.root).setAttribute("aria-pressed", String(state === "muted"));
    show(find("bind", "own-level", this.root), isOn);
    if (!isOn) setLevel(find("bind", "own-level", this.root), 0);
    const words = { off: trouble, opening: "Waiting for the microphone…", on: "The candidate hears you.", muted: "You are muted." };
    write(find("bind", "mic-words", this.root), words[state]);
    find("bind", "mic-words", this.root).classList.toggle("is-trouble", Boolean(trouble));
  }

  drawOwnLevel(db) {
    setLevel(find("bind", "own-level", this.root), loudness(this.voice.state === "on" ? db : FLOOR_DB));
  }
}

function fieldsOf(button) {
  const { minutes, offer } = button.dataset;
  return { ...(minutes && { minutes: Number(minutes) }), ...(offer && { offer }) };
}
