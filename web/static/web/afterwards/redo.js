/**
 * One question answered once more by voice: recorded here, heard by the server, and sent only when its words
 * are confirmed. Until then nothing is kept anywhere but in this page.
 */

import { minutes } from "../page/clock.js";
import { find, setLevel, show, write } from "../page/elements.js";
import { RATE_HZ } from "../sound/chunk.js";
import { loudness } from "../sound/level.js";
import { Microphone, obstacle } from "../sound/microphone.js";
import { sendForm } from "../wire/api.js";
import { toWav } from "./wav.js";

const LONGEST_S = 280; // the server takes five minutes
const LEAST_S = 0.5;
const TROUBLES = {
  denied: "This page may not use your microphone. Allow it in the browser's settings, or write your answer below.",
  "no-microphone": "We found no microphone. You can write your answer below.",
  busy: "Another program is using your microphone. Close it and try again, or write your answer below.",
};
const NO_MICROPHONE = "Your microphone can't be used here. You can write your answer below.";

export class SecondAnswer {
  constructor(root, addresses) {
    this.root = root;
    this.number = root.dataset.redo;
    this.addresses = addresses;
    this.microphone = new Microphone({
      onChunk: (pcm) => this.keep(pcm),
      onLevel: (db) => setLevel(this.part("bind", "level"), loudness(db)),
      onGone: () => this.stop(),
    });
    this.chunks = [];
    for (const [name, act] of [["record", "record"], ["stop", "stop"], ["again", "record"], ["confirm", "confirm"]]) {
      this.part("action", name).addEventListener("click", () => this[act]());
    }
    show(this.part("region", "voice"), obstacle() === null);
  }

  part(kind, name) {
    return find(kind, name, this.root);
  }

  say(text) {
    write(this.part("bind", "status"), text);
  }

  async record() {
    this.chunks = [];
    this.isRecording = true;
    show(this.part("region", "heard"), false);
    this.say("Your browser may ask whether this page may use the microphone.");
    try {
      await this.microphone.open();
    } catch (error) {
      this.isRecording = false;
      return this.say(TROUBLES[error.view] ?? NO_MICROPHONE);
    }
    this.turnOn(true);
    this.say("We are listening. Take your time.");
    return this.part("action", "stop").focus();
  }

  turnOn(isOn) {
    show(this.part("action", "record"), !isOn);
    for (const [kind, name] of [["action", "stop"], ["bind", "level"], ["bind", "clock"]]) show(this.part(kind, name), isOn);
  }

  keep(pcm) {
    if (!this.isRecording) return;
    this.chunks.push(pcm);
    write(this.part("bind", "clock"), minutes(this.seconds * 1000));
    if (this.seconds >= LONGEST_S) this.stop();
  }

  get seconds() {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0) / RATE_HZ;
  }

  async stop() {
    if (!this.isRecording) return;
    this.isRecording = false;
    this.microphone.close();
    this.turnOn(false);
    if (this.seconds < LEAST_S) return void this.say("We heard nothing. Please record it again.");
    this.file = new Blob([toWav(this.chunks)], { type: "audio/wav" });
    this.say("Turning your words into text…");
    try {
      this.heard = await sendForm(this.addresses.hearing, this.body());
    } catch (error) {
      return void this.say(error.message);
    }
    this.showHeard();
  }

  showHeard() {
    const player = this.part("bind", "replay");
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(this.file);
    write(this.part("bind", "heard"), this.heard.text);
    show(this.part("region", "heard"), true);
    show(this.part("action", "record"), false);
    this.say("Is this what you said? Nothing is sent before you say so.");
    this.root.querySelector("h4").focus();
  }

  async confirm() {
    const button = this.part("action", "confirm");
    button.disabled = true;
    this.say("Sending…");
    try {
      const made = await sendForm(this.addresses.redo, this.body({ heard: this.heard.heard }));
      location.hash = `answer-${made.turn}`;
      location.reload();
    } catch (error) {
      button.disabled = false;
      this.say(error.message);
    }
  }

  body(more = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ number: this.number, ...more })) form.append(name, value);
    form.append("audio_file", this.file, "second-answer.wav");
    return form;
  }
}
