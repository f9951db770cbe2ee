/** What the steps and the interview share: the conversation, the microphone, the voice, what was chosen. */

import { listDevices, Microphone, MicrophoneError } from "../sound/microphone.js";
import { BrowserVoice, findVoice } from "../voice/browser-voice.js";
import { ServerVoice } from "../voice/server-voice.js";
import { SilentVoice } from "../voice/silent-voice.js";
import { Conversation } from "./conversation.js";
import { Preferences } from "./preferences.js";
import { Views } from "./views.js";

const SLOW_RATE = 0.8;

export class Room {
  constructor(config) {
    this.config = config;
    this.views = new Views();
    this.preferences = new Preferences(config.uuid);
    this.listeners = { change: [], note: [], chunk: [], level: [], gone: [] };
    this.conversation = new Conversation({
      socket: config.socket,
      uuid: config.uuid,
      onChange: (model) => this.tell("change", model),
      onNote: (name, message) => this.noted(name, message),
    });
    this.microphone = new Microphone({
      onChunk: (pcm, at) => {
        this.conversation.record(pcm, at);
        this.tell("chunk", pcm);
      },
      onLevel: (db) => this.tell("level", db),
      onGone: () => this.tell("gone"),
    });
    this.chosen = config.accommodations;
    this.conversation.usesVoice = !(this.preferences.get("typed") ?? this.chosen.typed);
    this.conversation.isEchoing = this.preferences.get("echo", false);
    this.applyChoices();
    if (config.voice === "openai") this.useServerVoice();
    this.actions = { retry: () => this.conversation.connect(), reload: () => location.reload() };
  }

  on(name, listener) {
    this.listeners[name].push(listener);
  }

  tell(name, ...values) {
    this.listeners[name].forEach((listener) => listener(...values));
  }

  get model() {
    return this.conversation.model;
  }

  get isTyped() {
    return !this.conversation.usesVoice;
  }

  useTyping(isTyped) {
    this.conversation.usesVoice = !isTyped;
    this.preferences.set("typed", isTyped);
    if (isTyped) this.microphone.close();
  }

  choose(kept) {
    this.chosen = kept;
    this.applyChoices();
  }

  applyChoices() {
    const body = document.body.classList;
    body.toggle("has-large-captions", Boolean(this.chosen.large_captions));
    body.toggle("has-no-keys", !this.hasKeys);
    this.conversation.playback.rate = this.chosen.slow_voice ? SLOW_RATE : 1;
  }

  get hasKeys() {
    return !this.preferences.get("no_keys", false);
  }

  setKeys(areOn) {
    this.preferences.set("no_keys", !areOn);
    this.applyChoices();
  }

  /** True when the microphone is open; otherwise the page that explains what is in the way is shown. */
  async openMicrophone({ showsTrouble = true } = {}) {
    try {
      await this.microphone.open(this.preferences.get("device", ""));
      this.preferences.set("device", this.microphone.deviceId);
      return true;
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      if (showsTrouble) this.views.go(error.view);
      return false;
    }
  }

  /** The server speaks; a browser lets it be heard once the candidate has pressed something. */
  useServerVoice() {
    const want = (replyId, fromIndex) =>
      this.conversation.say({ type: "reply.audio.wanted", reply_id: replyId, from_index: fromIndex });
    this.serverVoice = new ServerVoice({ want });
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => this.serverVoice.wake());
  }

  /** The interviewer's voice: the server's, or the browser's for the session's language, or silent text. */
  async voice() {
    const { playback } = this.conversation;
    this.finding ??= findVoice(this.config.language).then((voice) => (voice ? new BrowserVoice(voice) : new SilentVoice()));
    if (!this.serverVoice) {
      const own = await this.finding;
      playback.useVoice(own);
      return own;
    }
    this.serverVoice.wake();
    playback.useVoice(this.serverVoice, new SilentVoice()); // until the browser has looked for one of its own
    void this.finding.then((own) => playback.useVoice(this.serverVoice, own));
    return this.serverVoice;
  }

  async hasAnotherDevice() {
    return (await listDevices()).length > 0;
  }

  noted(name, message) {
    if (name === "link" && message.state === "stopped") return this.stopped(message.view);
    return this.tell("note", name, message);
  }

  stopped(view) {
    this.microphone.close();
    if (view === "over") this.leave();
    else this.views.go(view);
  }

  /** The interview is over: nothing of the voice stays in this browser, and the page becomes the one for afterwards. */
  leave() {
    this.conversation.finish();
    this.microphone.close();
    this.preferences.forget();
    location.reload();
  }
}
