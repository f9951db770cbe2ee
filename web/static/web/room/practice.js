/** One question that does not count: it shows the candidate that they are heard, and teaches us their pauses. */

import { find, make, show, write } from "../page/elements.js";

export class Practice {
  constructor(conversation) {
    this.conversation = conversation;
    this.captions = find("bind", "practice-captions");
    this.isOn = false;
    this.isWaiting = false;
  }

  show(settings) {
    write(find("bind", "practice-question"), settings.practice_question ?? "How do you like to start a day?");
  }

  start() {
    this.captions.replaceChildren();
    write(find("bind", "practice-verdict"), "");
    this.isWaiting = !this.conversation.practise();
    if (this.isWaiting) {
      write(find("bind", "practice-state"), "The line is not there yet. We begin as soon as it is.");
      return;
    }
    this.turn(true);
    write(find("bind", "practice-state"), "I'm listening. Take your time.");
    find("action", "practice-end").focus();
  }

  lineCame() {
    if (this.isWaiting) this.start();
  }

  end() {
    this.isWaiting = false;
    if (!this.isOn) return;
    this.conversation.endPractice();
    this.turn(false);
    write(find("bind", "practice-state"), "Done. You can practise again, or go on.");
    find("action", "practice-start").focus();
  }

  turn(isOn) {
    this.isOn = isOn;
    show(find("action", "practice-start"), !isOn);
    show(find("action", "practice-end"), isOn);
    find("bind", "practice-light").dataset.state = isOn ? "listening" : "waiting";
    find("action", "to-begin").textContent = isOn || this.captions.childElementCount ? "Go on" : "Go on without";
  }

  partial(text) {
    if (this.isOn) write(find("bind", "practice-state"), text ? `${text}…` : "I'm listening. Take your time.");
  }

  heard({ text, confidence }) {
    if (!text) return;
    this.captions.append(make("span", { text: `${text} `, className: "final", dir: "auto" }));
    const isUnsure = typeof confidence === "number" && confidence < 0.5;
    write(
      find("bind", "practice-verdict"),
      isUnsure
        ? "Some of it was hard to hear. A quieter place, or coming closer, may help."
        : "We hear you. Small mistakes in the text don't matter.",
    );
    this.turn(this.isOn);
  }
}
