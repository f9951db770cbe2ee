/** The five steps before the interview. */

import { ask, find, show, write } from "../page/elements.js";
import { send } from "../wire/api.js";
import { accommodations, consentMessage, fillForm, formValues, keep, readForm } from "./consent.js";
import { MicCheck } from "./mic-check.js";
import { isLive } from "./model.js";
import { Practice } from "./practice.js";
import { choicesLine } from "./words.js";

export class Before {
  constructor(room) {
    this.room = room;
    this.views = room.views;
    this.conversation = room.conversation;
    this.form = find("form", "consent");
    this.practice = new Practice(room.conversation);
    this.check = new MicCheck({
      microphone: room.microphone,
      getVoice: () => room.voice(),
      onEcho: (isEchoing) => {
        room.conversation.isEchoing = isEchoing;
        room.preferences.set("echo", isEchoing);
      },
    });
    this.actions = {
      "to-who": () => this.views.go(this.isUnderWay ? "live" : "who"),
      "to-consent": () => this.toConsent(),
      "to-mic": () => this.leavePractice("mic"),
      "to-practice": () => this.toPractice(),
      "to-begin": () => this.leavePractice("begin"),
      "ask-person": () => this.askForPerson(),
      "mic-open": () => this.openMicrophone(),
      "mic-retry": () => this.retryMicrophone(),
      "mic-replay": () => this.check.replay(),
      "echo-test": () => this.check.testEcho(),
      "use-typing": () => this.useTyping(),
      "practice-start": () => this.practice.start(),
      "practice-end": () => this.practice.end(),
      begin: () => this.begin(),
    };
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.decide();
    });
    find("bind", "mic-device").addEventListener("change", (event) => {
      this.room.preferences.set("device", event.target.value);
      this.openMicrophone();
    });
    this.room.on("chunk", (pcm) => this.views.current === "mic" && this.check.chunk(pcm));
    this.room.on("level", (db) => this.views.current === "mic" && this.check.level(db));
    this.room.on("gone", () => this.views.current !== "live" && this.views.go("no-microphone"));
  }

  /** `trouble`: what stands in the way of a voice here, to be explained when it comes to the microphone. */
  start(trouble) {
    this.trouble = trouble;
    this.fill();
    this.views.go("who", { focus: false });
  }

  fill() {
    const consent = this.consent ?? this.room.model.consent ?? this.room.config.consent;
    fillForm(this.form, { ...formValues(consent, this.room.chosen), no_keys: !this.room.hasKeys });
  }

  get isUnderWay() {
    return isLive(this.room.model.state) || this.room.model.state === "paused";
  }

  /** Also in the middle of the interview: a consent may be changed at any time. */
  toConsent() {
    if (this.isUnderWay) this.fill();
    show(find("region", "easier"), !this.isUnderWay);
    this.views.go("consent");
  }

  async decide() {
    const values = readForm(this.form);
    show(find("bind", "consent-error"), false);
    try {
      await keep(this.room.config.api, values);
    } catch (error) {
      return this.refuse(error.message);
    }
    this.room.choose(accommodations(values));
    this.room.setKeys(!values.no_keys);
    this.consent = consentMessage(values, this.room.config.notice_version);
    if (this.isUnderWay) return this.changeConsent();
    this.room.useTyping(values.typed);
    if (this.room.model.link === "open") this.conversation.say(this.consent);
    else this.conversation.connect();
    return this.next();
  }

  changeConsent() {
    if (this.conversation.say(this.consent)) this.views.go("live");
    else this.refuse("The line is not there just now, so nothing was changed. Please try again in a moment.");
  }

  refuse(text) {
    const problem = find("bind", "consent-error");
    write(problem, text);
    show(problem, true);
  }

  next() {
    write(find("bind", "choices"), choicesLine(this.consent));
    if (this.room.isTyped) return this.toBegin();
    if (this.trouble) return this.views.go(this.trouble);
    return this.views.go("mic");
  }

  async openMicrophone() {
    if (await this.room.openMicrophone()) await this.check.start();
  }

  async retryMicrophone() {
    this.views.back();
    if (this.views.current === "live") await this.room.openMicrophone();
    else await this.openMicrophone();
  }

  useTyping() {
    this.room.useTyping(true);
    if (this.views.before === "live") return this.views.go("live");
    return this.toBegin();
  }

  toPractice() {
    this.practice.show(this.room.model.settings);
    this.views.go("practice");
  }

  leavePractice(view) {
    this.practice.end();
    if (view === "begin") this.toBegin();
    else this.views.go(view);
  }

  toBegin() {
    show(find("region", "spoken-hints"), !this.room.isTyped);
    show(find("region", "typed-hints"), this.room.isTyped);
    this.views.go("begin");
  }

  async begin() {
    await this.room.voice();
    if (!this.room.isTyped) await this.room.microphone.wake();
    show(find("bind", "begin-error"), false);
    this.conversation.begin();
    if (this.room.model.link !== "open") this.problem("The line is not there yet. We begin as soon as it is.");
  }

  problem(text) {
    const line = find("bind", "begin-error");
    write(line, text);
    show(line, true);
  }

  changed(model) {
    if (this.views.current === "practice") {
      this.practice.show(model.settings);
      this.practice.partial(model.partial?.text ?? "");
    }
  }

  note(name, said) {
    if (name === "link") this.linked(said);
    if (name === "practice.heard") this.practice.heard(said);
    if (name === "ended") this.room.leave();
    if (name === "error" && said.code === "consent_required") this.views.go("consent");
    else if (name === "error" && this.views.current === "begin") this.problem(said.message);
  }

  linked(link) {
    if (link.state === "open") {
      if (this.consent) this.conversation.say(this.consent);
      this.practice.lineCame();
      if (["full", "elsewhere"].includes(this.views.current)) this.views.back();
    } else if (link.state === "full") {
      this.views.go("full");
      this.countDown(link.afterMs);
    }
  }

  countDown(afterMs) {
    clearInterval(this.counting);
    const until = Date.now() + afterMs;
    const line = find("bind", "full-wait");
    const tick = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      write(line, seconds > 0 ? `The next try is in ${seconds} s.` : "Trying…");
      if (seconds <= 0) clearInterval(this.counting);
    };
    this.counting = setInterval(tick, 1000);
    tick();
  }

  async askForPerson() {
    if ((await ask("person")) !== "send") return;
    const text = document.getElementById("person-text").value;
    let answer = ["Your wish is on its way", "A person will write to you. You may close this page, or go on if you like."];
    try {
      await send("POST", this.room.config.requests, { kind: "person", text });
    } catch (error) {
      answer = ["That did not work", error.message];
    }
    write(find("bind", "message-title"), answer[0]);
    write(find("bind", "message-text"), answer[1]);
    await ask("message");
  }
}
