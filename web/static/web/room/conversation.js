/**
 * The interview on this page: socket, audio line and playback around one model. Knows nothing of the document.
 *
 * `onChange(model)` after every change; `onNote(name, message)` for what only passes by: "error", "practice.heard".
 */

import { AudioLine } from "../sound/audio-line.js";
import { ChunkStore } from "../sound/chunk-store.js";
import { encodeChunk } from "../sound/chunk.js";
import { PersonVoice } from "../voice/person-voice.js";
import { Playback } from "../voice/playback.js";
import { LiveSocket } from "../wire/socket.js";
import { EMPTY, isLive, isOld, reduce } from "./model.js";

const PUMP_EVERY_MS = 100;
const MAX_WAITING_BYTES = 256 * 1024; // what TCP has not taken yet; more would only hide how far behind we are
export const AWAY_AFTER_MS = 60000; // then the server pauses the interview, and so do we

export class Conversation {
  constructor({ socket, uuid, onChange, onNote }) {
    this.onChange = onChange;
    this.onNote = onNote;
    this.model = EMPTY;
    this.usesVoice = true;
    this.isEchoing = false;
    this.isMuted = false;
    this.wantsToBegin = false;
    this.isPractising = false;
    this.playback = new Playback({
      report: (message) => this.say(message),
      onPlaying: (isAudible) => this.played(isAudible),
    });
    this.person = new PersonVoice({
      onPlaying: (isAudible) => this.played(isAudible || null),
      onBlocked: (isBlocked) => this.onNote("person.blocked", { isBlocked }),
    });
    this.line = new AudioLine({
      store: new ChunkStore(uuid),
      sendChunk: (offset, pcm) => this.sendChunk(offset, pcm),
      sendMissing: (from, to) => this.say({ type: "audio.missing", from, to }),
    });
    this.socket = new LiveSocket(socket, {
      hello: () => this.hello(),
      onMessage: (message) => this.receive(message),
      onLink: (link) => this.linked(link),
    });
    this.restoring = this.line.restore().catch(() => undefined); // what a broken database kept is gone; the rest goes on
  }

  async hello() {
    await this.restoring;
    return { type: "hello", last_seq: this.model.seq, ...(this.isPractising ? {} : this.line.held) };
  }

  say(message) {
    return this.socket.send(message);
  }

  sendChunk(offset, pcm) {
    if (this.socket.waitingBytes > MAX_WAITING_BYTES) return false;
    return this.socket.sendBinary(encodeChunk(offset, pcm));
  }

  connect() {
    this.pumping ??= setInterval(() => this.line.isBehind && this.line.pump(), PUMP_EVERY_MS);
    this.socket.open();
  }

  // --- from the microphone

  record(pcm, at) {
    if (this.usesVoice) this.line.record(pcm, at);
  }

  mute(isMuted) {
    this.isMuted = isMuted;
    this.soften(this.playback.isAudible);
    this.say({ type: "mic.state", muted: isMuted });
  }

  /** `isAudible` is null when nothing plays any more. */
  played(isAudible) {
    this.soften(isAudible);
    this.change({ type: "page.playing", isPlaying: isAudible !== null });
  }

  /** While our own voice would come back through the microphone, the line carries silence. */
  soften(isAudible) {
    if (!this.line) return; // the playback is made first
    this.line.isSilent = this.isMuted || (this.isEchoing && Boolean(isAudible));
  }

  // --- what the candidate does

  begin() {
    this.wantsToBegin = true;
    this.isPractising = false;
    this.line.stop();
    const isSaid = this.say({ type: "candidate.ready" });
    if (this.usesVoice) this.line.begin();
    if (!isSaid) this.line.part(); // said again when the line is back, and what was recorded since is sent then
  }

  practise() {
    if (!this.say({ type: "practice.start" })) return false;
    this.isPractising = true;
    this.line.begin({ isStored: false });
    return true;
  }

  endPractice() {
    if (!this.isPractising) return;
    this.isPractising = false;
    this.line.stop();
    this.say({ type: "practice.end" });
  }

  hold() {
    if (this.say({ type: "turn.hold" })) this.change({ type: "page.held" });
  }

  /** The server waits a few seconds for the last words before it says that it is over. */
  end() {
    if (this.say({ type: "session.end" })) this.change({ type: "page.ending" });
  }

  interrupt() {
    this.playback.stop();
  }

  /** Leave for good and keep nothing of the voice here. */
  finish() {
    clearInterval(this.pumping);
    this.person.stop();
    this.playback.pause();
    this.socket.close();
    this.line.stop();
  }

  // --- from the server

  linked(link) {
    if (link.state !== "open") this.line.part();
    if (link.state === "open") this.lostAt = null;
    else this.lostAt ??= Date.now();
    this.change({ type: "page.link", state: link.state });
    this.onNote("link", link);
  }

  /** The line has been away for so long that the server has paused: so does what we record. */
  checkAway() {
    if (this.lostAt && isLive(this.model.state) && Date.now() - this.lostAt > AWAY_AFTER_MS) this.line.hold();
  }

  receive(message) {
    const wasSeen = isOld(this.model, message);
    this.change(message);
    if (!wasSeen) HANDLERS[message.type]?.(this, message);
  }

  change(message) {
    const next = reduce(this.model, message, Date.now());
    if (next === this.model) return;
    this.model = next;
    this.onChange(next);
  }

  rejoin(snapshot) {
    const state = snapshot.state;
    if (state === "waiting") return this.rejoinBefore();
    if (state === "practice") return this.rejoinPractice();
    this.wantsToBegin = false;
    if (state === "paused") this.line.hold();
    else this.line.release();
    if (this.usesVoice || this.line.held.audio_to) this.line.join(snapshot.audio_offset, snapshot.line_offset);
    const isSpoken = Boolean(snapshot.reply?.spoken);
    if (isSpoken && state !== "paused") void this.person.begin(snapshot.reply.reply_id);
    else this.person.stop();
    this.playback.rejoin(isSpoken ? null : snapshot.reply, { isPaused: state === "paused" });
    if (this.isMuted) this.say({ type: "mic.state", muted: true });
    return undefined;
  }

  /** The line broke before the server had heard that we begin: say it again, with what was kept since. */
  rejoinBefore() {
    if (!this.wantsToBegin) {
      this.line.stop();
      this.endPractice();
      return;
    }
    this.say({ type: "candidate.ready" });
    if (this.usesVoice) this.line.join(0, 0);
  }

  /** A rehearsal's line is not kept anywhere: it begins anew. */
  rejoinPractice() {
    this.say({ type: "practice.end" });
    if (this.wantsToBegin) return this.rejoinBefore();
    if (this.isPractising) return void this.practise();
    this.line.stop();
    return undefined;
  }

  // --- a person in place of the interviewer

  /** A person's own voice is played as it comes; everything else is spoken here, or by the server. */
  begun({ reply_id: id, spoken: isSpoken }) {
    if (!isSpoken) {
      this.person.stop();
      return this.playback.begin(id);
    }
    this.playback.rejoin(null);
    return void this.person.begin(id);
  }

  withdrawn(id) {
    this.person.end(id);
    this.playback.drop(id);
  }

  told(message) {
    if (this.person.replyId !== message.reply_id) return void this.playback.voice.told?.(message);
    if (message.state !== "begins") this.person.end(message.reply_id);
    return undefined;
  }

  moved(state) {
    if (state === "paused") {
      this.person.stop();
      this.line.hold();
      this.playback.pause();
    } else if (isLive(state)) {
      this.wantsToBegin = false;
      if (!this.line.isHeld) return;
      this.line.release();
      this.playback.resume();
    }
  }
}

const HANDLERS = {
  "session.snapshot": (us, said) => us.rejoin(said),
  "state.changed": (us, said) => us.moved(said.state),
  "audio.ack": (us, said) => us.line.ack(said.offset),
  "audio.resend": (us, said) => us.line.resend(said.offset),
  "reply.started": (us, said) => us.begun(said),
  "reply.sentence": (us, said) => us.playback.sentence(said.reply_id, said.index, said.text),
  "reply.finished": (us, said) => us.playback.whole(said.reply_id),
  "reply.withdrawn": (us, said) => us.withdrawn(said.reply_id),
  audio: (us, said) => us.person.take(said.data) || us.playback.voice.take?.(said.data),
  "reply.audio": (us, said) => us.told(said),
  "playback.pause": (us, said) => us.playback.reply?.id === said.reply_id && us.playback.pause(),
  "playback.resume": (us, said) => us.playback.resume(said.reply_id),
  "playback.stop": (us, said) => us.playback.stop(said.reply_id),
  "practice.heard": (us, said) => us.onNote("practice.heard", said),
  error: (us, said) => us.onNote("error", said),
  "session.ended": (us, said) => us.onNote("ended", said),
};
