/** The button to listen in: when it may be pressed, why not, and what is heard. */

import { find, show, write } from "../page/elements.js";
import { Listening } from "./listening.js";

export class ListenView {
  constructor({ root, commands }) {
    this.root = root;
    this.commands = commands;
    this.isOn = false; // granted, or asked for again after a lost line
    this.button = find("action", "listen", root);
    this.listening = new Listening({ onPlayed: (ms) => (root.dataset.playedMs = String(Math.round(ms))) });
    this.button.addEventListener("click", () => this.pressed());
    find("bind", "volume", root).addEventListener("input", ({ target }) => this.listening.setVolume(Number(target.value) / 100));
  }

  /** Whoever speaks with the candidate hears them as well, without another press, where they have agreed. */
  async begin() {
    if (!this.isOn && this.model?.hears) await this.pressed();
  }

  async pressed() {
    if (this.button.getAttribute("aria-disabled") === "true") return;
    if (this.isOn) {
      this.stop();
      this.commands.give("listen.stop");
      return;
    }
    try {
      await this.listening.open(); // now, while somebody presses
    } catch {
      return void this.commands.tell("rejected", "This browser plays no sound for pages.");
    }
    this.ask();
  }

  ask() {
    const given = this.commands.give("listen.start", {}, { onDone: () => this.begun(), onRejected: () => this.stop() });
    if (!given) this.stop();
  }

  begun() {
    this.isOn = true;
    this.draw(this.model);
  }

  stop() {
    this.isOn = false;
    this.listening.close();
    this.draw(this.model);
  }

  /** A new line is a new presence: ask again, where we listened. */
  rejoin() {
    if (this.isOn) this.ask();
  }

  take(buffer) {
    if (this.isOn || this.commands.isWaitingFor("listen.start")) this.listening.take(buffer);
  }

  draw(model) {
    this.model = model;
    if (!model) return;
    this.listening.isOwnVoice = Boolean(model.takeover?.isMine);
    const mayHear = model.hears && !model.isOver;
    if (this.isOn && !mayHear) return void this.stop();
    this.button.setAttribute("aria-disabled", String(!mayHear));
    this.button.setAttribute("aria-pressed", String(this.isOn));
    write(this.button, this.isOn ? "Stop listening" : "Listen in");
    show(find("part", "volume", this.root), this.isOn);
    write(find("bind", "listen-words", this.root), listenWords(model, this.isOn));
  }
}

export function listenWords({ hears, isOver, consent }, isOn) {
  if (isOver) return "It is over; recordings are on the review page.";
  if (!hears) return consent ? "The candidate has not agreed that people listen in." : "The candidate has not decided yet whether people may listen in.";
  return isOn ? "You are listening; the candidate sees it." : "The candidate is told when you listen.";
}
