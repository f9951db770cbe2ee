/** The interview itself: buttons, keys, what is drawn, and what to do when something is in the way. */

import { ask, find } from "../page/elements.js";
import { isAlreadyAllowed, obstacle } from "../sound/microphone.js";
import { send } from "../wire/api.js";
import { AWAY_AFTER_MS } from "./conversation.js";
import { listen } from "./keys.js";
import { LiveView } from "./live-view.js";
import { isLive } from "./model.js";
import { Typing } from "./typing.js";
import { WakeLock } from "./wake-lock.js";

const TICK_MS = 500;
const EXPLAIN_MS = 10000;
const REFUSALS = new Set(["not_your_turn", "paused", "taken_over"]); // of what was typed
const ASLEEP_MS = 5000; // a page that was hidden for longer without its microphone running has slept

export class Live {
  constructor(room) {
    this.room = room;
    this.conversation = room.conversation;
    this.view = new LiveView();
    this.wakeLock = new WakeLock();
    this.isEntered = false;
    this.wantsTyping = false;
    this.recordedAt = Date.now();
    this.typing = new Typing({
      onSend: (text, seconds) => this.answer(text, seconds),
      onHold: () => this.hasFloor && this.conversation.say({ type: "turn.hold" }),
    });
    this.actions = this.makeActions();
    this.listen();
  }

  makeActions() {
    const say = (type) => () => this.conversation.say({ type });
    return {
      done: say("turn.done"),
      interrupt: () => this.conversation.interrupt(),
      hold: () => this.conversation.hold(),
      repeat: say("question.repeat"),
      type: () => this.type(true),
      "speak-instead": () => this.speak(),
      mute: () => this.mute(),
      skip: () => this.skip(),
      pause: say("session.pause"),
      resume: () => this.resume(),
      keys: () => this.switchKeys(),
      end: () => this.askToEnd(),
      "offer-accept": () => this.accept(),
      "offer-decline": () => this.conversation.change({ type: "page.declined" }),
      "mic-again": () => this.openMicrophone(),
      hear: () => this.conversation.person.wake(),
    };
  }

  listen() {
    listen(
      () => this.isEntered && this.room.views.current === "live",
      () => this.room.hasKeys,
      (action) => this.press(action),
    );
    this.room.on("level", (db) => this.isEntered && this.view.level(db, this.isHeard && !this.conversation.isMuted));
    this.room.on("chunk", () => (this.recordedAt = Date.now()));
    this.room.on("gone", () => this.isEntered && this.deviceGone());
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("beforeunload", (event) => {
      if (this.isEntered && this.room.model.link !== "open" && !this.room.model.ended) event.preventDefault();
    });
  }

  // --- coming in

  enter(model) {
    if (!this.isEntered && this.room.views.isPlace(this.room.views.current)) this.comeIn();
    if (this.isEntered && model.state !== this.state) this.moved(model);
    if (this.isEntered && model.typedTurn !== this.typedTurn) this.typed(model);
  }

  comeIn() {
    this.isEntered = true;
    this.room.views.go("live");
    this.type(this.room.isTyped, { focus: false });
    this.wakeLock.hold();
    setInterval(() => this.tick(), TICK_MS);
    this.markKeys();
  }

  /** The page was closed or reloaded in the middle: go on where it stands. */
  async comeBack() {
    this.room.views.go("live", { focus: false });
    await this.room.voice();
    if (!this.room.isTyped) {
      if (await isAlreadyAllowed()) await this.openMicrophone();
      else this.view.notice("mic", "Welcome back. Your microphone is off.", { name: "mic-again", text: "Use my microphone" });
    }
    this.conversation.connect();
  }

  moved(model) {
    this.state = model.state;
    if (this.hasFloor && model.state === "listening") this.typing.newTurn();
    if (this.hasFloor && this.typing.isOpen && this.room.isTyped) this.typing.keepFloor();
    if (model.state === "thinking") this.typing.taken();
  }

  /** A typed answer has arrived; with a person nobody thinks about it first. */
  typed(model) {
    this.typedTurn = model.typedTurn;
    this.typing.taken();
  }

  get isHeard() {
    return this.hasFloor || this.room.model.state === "taken_over";
  }

  get hasFloor() {
    return this.room.model.state === "listening" || this.room.model.state === "candidate_speaking";
  }

  draw() {
    if (!this.isEntered) return;
    this.view.draw(this.room.model, {
      isTyping: this.typing.isOpen,
      isMuted: this.conversation.isMuted,
      usesVoice: !this.room.isTyped,
      hasNoTimer: Boolean(this.room.chosen.no_timer),
    });
  }

  tick() {
    this.conversation.checkAway();
    this.view.drawTime(this.room.model, { hasNoTimer: Boolean(this.room.chosen.no_timer) });
    const { lostAt } = this.conversation;
    if (lostAt && Date.now() - lostAt > AWAY_AFTER_MS) {
      this.view.notice("away", "The line has been away for over a minute, so the interview is paused. It goes on when the line is back.");
    } else this.view.dismiss("away");
  }

  note(name, said) {
    if (name === "ended") this.room.leave();
    else if (name === "error") this.refused(said);
    else if (name === "person.blocked") this.blocked(said.isBlocked);
    else if (name === "link" && said.state === "open" && this.room.views.current !== "live") this.takeBack();
  }

  /** It was open elsewhere for a while, or every place was taken. */
  async takeBack() {
    this.room.views.go("live");
    if (!this.room.isTyped && !this.room.microphone.isOpen) await this.openMicrophone();
  }

  /** The browser lets nothing sound before somebody has pressed something; a page that was reloaded starts so. */
  blocked(isBlocked) {
    if (!isBlocked) return this.view.dismiss("person");
    const { takeover } = this.room.model;
    this.view.notice("person", `${takeover?.by ?? "A person"} is speaking. Press the button to hear it.`, { name: "hear", text: "Hear it" });
    return undefined;
  }

  refused({ code, message }) {
    if (REFUSALS.has(code)) this.typing.refused();
    this.explain(message);
  }

  explain(text, forMs = EXPLAIN_MS) {
    this.view.notice("error", text);
    clearTimeout(this.explaining);
    this.explaining = setTimeout(() => this.view.dismiss("error"), forMs);
  }

  // --- pressing

  press(action) {
    const isSpeaking = this.room.model.state === "interviewer_speaking";
    const name = action === "primary" ? (isSpeaking ? "interrupt" : "done") : action;
    const button = find("action", name);
    if (button.hidden || button.getAttribute("aria-disabled") === "true") return;
    this.actions[name]();
  }

  type(isOpen, { focus = true } = {}) {
    if (isOpen) this.typing.open({ focus });
    else this.typing.close();
    this.draw();
  }

  async speak() {
    if (this.room.isTyped && !(await this.openMicrophone())) return;
    this.type(false);
    find("action", "type").focus();
  }

  answer(text, seconds) {
    const message = { type: "answer.text", text };
    if (seconds !== undefined) message.time_taken_seconds = seconds;
    if (this.conversation.say(message)) return true;
    this.explain("The line is not there just now. Your text stays here; send it in a moment.");
    return false;
  }

  mute() {
    this.conversation.mute(!this.conversation.isMuted);
    this.draw();
  }

  async skip() {
    if ((await ask("skip")) === "skip") this.conversation.say({ type: "question.skip" });
  }

  async askToEnd() {
    const choice = await ask("end");
    if (choice === "end") this.conversation.end();
    if (choice === "pause") this.conversation.say({ type: "session.pause" });
  }

  async resume() {
    if (!this.room.isTyped && !this.room.microphone.isOpen) await this.openMicrophone();
    await this.room.microphone.wake();
    this.conversation.say({ type: "session.resume" });
  }

  switchKeys() {
    this.room.setKeys(!this.room.hasKeys);
    this.markKeys();
  }

  markKeys() {
    find("action", "keys").setAttribute("aria-pressed", String(this.room.hasKeys));
  }

  async accept() {
    const { offer, by } = this.room.model.offer ?? {};
    this.conversation.change({ type: "page.declined" });
    if (offer === "text") this.type(true);
    if (offer === "break") this.conversation.say({ type: "session.pause" });
    if (offer === "skip") this.conversation.say({ type: "question.skip" });
    if (offer === "reschedule") await this.acceptAnotherDay(by);
  }

  /** The interviewer understands "yes" to its own offer; a person's offer is answered by asking and ending. */
  async acceptAnotherDay(by) {
    if (by === "ai" && this.conversation.say({ type: "answer.text", text: "Yes, another day, please." })) return;
    await send("POST", this.room.config.requests, { kind: "person", text: "Another day, please." }).catch(() => undefined);
    this.conversation.end();
  }

  // --- the device

  async openMicrophone() {
    const trouble = obstacle();
    const isOpen = !trouble && (await this.room.openMicrophone({ showsTrouble: false }));
    if (!isOpen) {
      this.view.notice("mic", "Your microphone can't be used just now. You can type your answers, or try again.", { name: "mic-again", text: "Try again" });
      this.type(true, { focus: false });
      return false;
    }
    this.view.dismiss("mic");
    if (this.room.isTyped) this.startSpeaking();
    if (this.conversation.isMuted) this.mute();
    return true;
  }

  /** Somebody who typed so far begins to speak: the audio line has been running without them. */
  startSpeaking() {
    this.room.useTyping(false);
    this.conversation.socket.drop(); // the next snapshot says where the line is now
  }

  deviceGone() {
    this.view.notice("mic", "Your microphone was unplugged. Nothing you said is lost.", { name: "mic-again", text: "Use another one" });
    this.type(true, { focus: false });
  }

  async seen() {
    const isHidden = document.visibilityState === "hidden";
    if (!this.isEntered) return;
    this.conversation.say({ type: "page.state", hidden: isHidden });
    if (isHidden || this.room.isTyped || !isLive(this.room.model.state)) return;
    const asleepMs = Date.now() - this.recordedAt;
    await this.room.microphone.wake();
    if (!this.room.microphone.isOpen) await this.openMicrophone();
    if (asleepMs > ASLEEP_MS) {
      const seconds = Math.round(asleepMs / 1000);
      this.explain(`Your device was asleep for ${seconds} seconds. What you said in that time was not heard; please say it again.`, 30000);
    }
  }
}

