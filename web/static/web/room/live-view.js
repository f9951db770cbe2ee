/** Draws the interview: the one place that turns the model into the document. */

import { minutes } from "../page/clock.js";
import { find, make, setLevel, show, write } from "../page/elements.js";
import { loudness, SPEECH_DB } from "../sound/level.js";
import { isLive, replyText, timeLeftMs } from "./model.js";
import { byLine, OFFERS, position, presence, presentLines } from "./words.js";

const FLOOR = new Set(["listening", "candidate_speaking"]);

export class LiveView {
  constructor() {
    const names = ["question", "reply", "reply-partial", "reply-by", "light", "state-words", "finals", "partial", "present", "position", "time-left"];
    this.parts = Object.fromEntries(names.map((name) => [name, find("bind", name)]));
    this.notices = find("region", "notices");
    this.shownFinals = new Map();
  }

  draw(model, page) {
    const { light, words } = presence(model, page);
    this.parts.light.dataset.state = light;
    write(this.parts["state-words"], words);
    this.drawQuestion(model);
    this.drawCaptions(model);
    this.drawPresent(model);
    this.drawOffer(model);
    this.drawControls(model, page);
    this.drawTime(model, page);
  }

  drawQuestion(model) {
    write(this.parts.question, model.question?.text ?? "One moment…");
    const text = replyText(model);
    const partial = model.reply?.partial ?? "";
    show(this.parts["reply-by"], Boolean((text || partial) && byLine(model.reply)));
    write(this.parts["reply-by"], byLine(model.reply));
    show(this.parts.reply, Boolean(text));
    write(this.parts.reply, text);
    show(this.parts["reply-partial"], Boolean(partial));
    write(this.parts["reply-partial"], partial);
    write(this.parts.position, position(model.question));
  }

  /** Finals are added, never drawn anew: a screen reader hears each once. */
  drawCaptions(model) {
    const ids = new Set(model.finals.map((one) => one.id));
    for (const [id, element] of this.shownFinals) {
      if (ids.has(id)) continue;
      element.remove();
      this.shownFinals.delete(id);
    }
    for (const { id, text } of model.finals) {
      const element = this.shownFinals.get(id) ?? this.parts.finals.appendChild(make("span", { className: "final" }));
      this.shownFinals.set(id, element);
      write(element, `${text} `);
    }
    write(this.parts.partial, model.partial?.text ?? "");
  }

  drawPresent(model) {
    const lines = presentLines(model);
    show(this.parts.present, lines.length > 0);
    const drawn = [...this.parts.present.children].map((item) => item.textContent);
    if (lines.join("\n") === drawn.join("\n")) return;
    this.parts.present.replaceChildren(...lines.map((text) => make("li", { text, dir: "auto" })));
  }

  drawOffer(model) {
    const offer = OFFERS[model.offer?.offer];
    show(find("region", "offer"), Boolean(offer));
    if (!offer) return;
    write(find("bind", "offer-text"), offer.text);
    write(find("action", "offer-accept"), offer.accept);
  }

  drawControls(model, page) {
    const isPaused = model.state === "paused";
    const isSpeaking = model.state === "interviewer_speaking";
    show(find("action", "done"), !isPaused && !isSpeaking && !page.isTyping);
    show(find("action", "interrupt"), isSpeaking);
    show(find("action", "resume"), isPaused);
    show(find("action", "hold"), !isPaused && !page.isTyping); // writing holds the turn by itself
    show(find("action", "mute"), page.usesVoice);
    show(find("action", "type"), !page.isTyping);
    find("action", "mute").setAttribute("aria-pressed", String(page.isMuted));
    const hasFloor = FLOOR.has(model.state);
    const isWithPerson = model.state === "taken_over";
    const isHere = model.link === "open";
    for (const [action, isOn] of Object.entries({
      done: (hasFloor || isWithPerson) && isHere,
      hold: hasFloor && isHere,
      repeat: (hasFloor || isSpeaking) && isHere,
      skip: (hasFloor || isSpeaking) && isHere,
      pause: isLive(model.state) && isHere,
    })) {
      // Not `disabled`: that would throw the focus of whoever works by keyboard to the top of the page.
      find("action", action).setAttribute("aria-disabled", String(!isOn));
    }
  }

  drawTime(model, page) {
    const left = timeLeftMs(model, Date.now());
    const isShown = left !== null && !page.hasNoTimer && model.question !== null;
    show(this.parts["time-left"], isShown);
    if (isShown) write(this.parts["time-left"], `${minutes(left)} left`);
  }

  /** The light breathes with the voice. */
  level(db, isRelevant) {
    setLevel(this.parts.light, isRelevant && db > SPEECH_DB - 12 ? loudness(db) : 0);
  }

  /** A line that stays until it is taken away; `action` may be a button. */
  notice(key, text, action = null) {
    const former = this.notices.querySelector(`[data-notice="${key}"]`);
    if (former?.dataset.text === text) return;
    const line = make("div", { className: "notice is-trouble" });
    line.dataset.notice = key;
    line.dataset.text = text;
    line.append(make("p", { text }));
    if (action) {
      const button = make("button", { text: action.text });
      button.type = "button";
      button.dataset.action = action.name;
      line.append(button);
    }
    if (former) former.replaceWith(line);
    else this.notices.append(line);
  }

  dismiss(key) {
    this.notices.querySelector(`[data-notice="${key}"]`)?.remove();
  }
}
