/** Answers by keyboard. While somebody writes, the interviewer is asked to wait. */

import { find, show, write } from "../page/elements.js";

const LONGEST = 5000;
const HOLD_EVERY_MS = 40000; // the server waits a minute for whoever asked for a moment

export class Typing {
  constructor({ onSend, onHold }) {
    this.onSend = onSend;
    this.onHold = onHold;
    this.form = find("form", "answer");
    this.field = this.form.elements.text;
    this.beganAt = null;
    this.heldAt = 0;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => this.wrote());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send();
    });
  }

  get isOpen() {
    return !this.form.hidden;
  }

  open({ focus = true } = {}) {
    show(this.form, true);
    if (focus) this.field.focus();
  }

  close() {
    show(this.form, false);
  }

  wrote() {
    this.beganAt ??= Date.now();
    write(find("bind", "answer-count"), `${LONGEST - this.field.value.length} characters left.`);
    this.keepFloor();
  }

  keepFloor() {
    if (Date.now() - this.heldAt < HOLD_EVERY_MS) return;
    this.heldAt = Date.now();
    this.onHold();
  }

  /** A turn has begun: the wait starts afresh. */
  newTurn() {
    this.heldAt = 0;
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return this.field.focus();
    const seconds = this.beganAt ? Math.round((Date.now() - this.beganAt) / 1000) : undefined;
    if (this.onSend(text, seconds)) this.sent = text;
    return undefined;
  }

  /** The server has not taken it: the text stays, whatever happens next. */
  refused() {
    this.sent = undefined;
  }

  /** The server has taken the answer; only now is the field emptied. */
  taken() {
    if (this.sent !== undefined && this.field.value.trim() === this.sent) {
      this.field.value = "";
      this.beganAt = null;
      this.wrote();
      this.beganAt = null;
    }
    this.sent = undefined;
  }
}
