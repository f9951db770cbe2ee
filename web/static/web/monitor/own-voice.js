/** The microphone of somebody who has taken over: a line of its own, from sample 0 with each take-over. */

import { encodeChunk } from "../sound/chunk.js";
import { Microphone, MicrophoneError } from "../sound/microphone.js";

export const TROUBLES = {
  insecure: "A microphone needs a secure address (https). Type what you want to say instead.",
  unsupported: "This browser gives no microphone to pages. Type what you want to say instead.",
  denied: "The browser does not let this page use the microphone. Allow it beside the address, or type.",
  "no-microphone": "No microphone was found. Plug one in and try again, or type.",
  busy: "Another program holds the microphone. Close it and try again, or type.",
  gone: "The microphone went away. Try again, or type.",
  not_yours: "Another page of yours speaks with the candidate. Close its microphone, or type.",
};

export class OwnVoice {
  /** `send(buffer)`; `onChange()` after `state` ("off", "opening", "on", "muted") or `trouble` changed; `onLevel(db)`. */
  constructor({ send, onChange, onLevel, makeMicrophone = (handlers) => new Microphone(handlers) }) {
    this.send = send;
    this.onChange = onChange;
    this.state = "off";
    this.trouble = "";
    this.head = 0;
    this.microphone = makeMicrophone({
      onChunk: (pcm) => this.take(pcm),
      onLevel,
      onGone: () => this.stopped("gone"),
    });
  }

  /** A new take-over or connection, a new line. */
  begin() {
    this.head = 0;
    this.trouble = "";
  }

  async open() {
    if (this.state !== "off") return;
    this.become("opening", "");
    try {
      await this.microphone.open();
      if (this.state !== "opening") return void this.microphone.close(); // handed back meanwhile
      this.become("on", "");
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      this.stopped(error.view);
    }
  }

  /** Muted sends silence: the line goes on, so that a sentence that was begun is over. */
  toggleMute() {
    if (this.state === "on" || this.state === "muted") this.become(this.state === "on" ? "muted" : "on", "");
  }

  take(pcm) {
    if (this.state !== "on" && this.state !== "muted") return;
    const samples = this.state === "muted" ? new Int16Array(pcm.length) : pcm;
    if (this.send(encodeChunk(this.head, samples))) this.head += samples.length;
  }

  close() {
    this.microphone.close();
    if (this.state !== "off") this.become("off", this.trouble);
  }

  /** The server takes no voice from this page; going on would only bring more refusals. */
  refused() {
    if (this.state !== "off") this.stopped("not_yours");
  }

  stopped(view) {
    this.microphone.close();
    this.become("off", TROUBLES[view] ?? TROUBLES["no-microphone"]);
  }

  become(state, trouble) {
    this.state = state;
    this.trouble = trouble;
    this.onChange();
  }
}
