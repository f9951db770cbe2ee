/**
 * Plays the interviewer's replies sentence by sentence and tells the server what was heard of them.
 *
 * Pausing is cancelling and remembering the sentence; resuming is saying it again (a voice that can goes on where
 * it was). A voice that fails twice is not asked a third time: from then on the text stands for its reading time.
 * A voice with a spare one may fail as often as it likes: each such sentence is the spare voice's.
 */

import { heardChars } from "./reading.js";
import { SilentVoice } from "./silent-voice.js";

const FAILURES_ALLOWED = 1;

export class Playback {
  /** `report(message)` goes to the server; `onPlaying(isAudible|null)` when a reply begins, stops or ends. */
  constructor({ report, onPlaying, clock = () => performance.now(), silent = new SilentVoice() }) {
    this.report = report;
    this.onPlaying = onPlaying;
    this.clock = clock;
    this.silent = silent;
    this.useVoice(silent);
    this.rate = 1;
    this.reply = null;
    this.lastFinishedId = null;
  }

  useVoice(voice, spare = null) {
    this.voice = voice ?? this.silent;
    this.spare = spare;
    this.speaking ??= this.voice;
    if (!this.isPlaying) this.speaking = this.voice;
    this.failures = 0;
  }

  /** The reply `id` begins, or is met again after the line was lost. */
  begin(id) {
    if (this.reply?.id === id) return;
    this.silence();
    this.reply = { id, sentences: [], next: 0, isWhole: false, isPaused: false, hasStarted: false, startedAt: null };
  }

  sentence(id, index, text) {
    if (this.reply?.id !== id) return;
    this.reply.sentences[index] = text;
    this.play();
  }

  /** All of it has been sent. */
  whole(id) {
    if (this.reply?.id !== id) return;
    this.reply.isWhole = true;
    this.play();
  }

  /** What the snapshot says about an unfinished reply. */
  rejoin(reply, { isPaused = false } = {}) {
    if (!reply) {
      this.silence();
      this.reply = null;
      return;
    }
    if (reply.reply_id === this.lastFinishedId && reply.finished) {
      this.report({ type: "playback.finished", reply_id: reply.reply_id }); // the line broke before it arrived
      return;
    }
    this.begin(reply.reply_id);
    reply.sentences.forEach((text, index) => (this.reply.sentences[index] ??= text));
    this.reply.isWhole = reply.finished;
    this.voice.rejoin?.(reply.reply_id, this.reply.next, this.reply.sentences.length);
    if (isPaused) return this.pause(); // a page that was reloaded meanwhile has it ready for later
    this.reply.isPaused = false;
    if (this.reply.hasStarted) this.report({ type: "playback.started", reply_id: reply.reply_id });
    this.play();
  }

  pause() {
    if (!this.reply || this.reply.isPaused) return;
    this.reply.isPaused = true;
    this.silence();
  }

  resume(id = this.reply?.id) {
    if (id !== undefined && id === this.lastFinishedId) {
      this.report({ type: "playback.finished", reply_id: id }); // the pause came as it ended
      return;
    }
    if (!this.reply?.isPaused || this.reply.id !== id) return;
    this.reply.isPaused = false;
    this.play();
  }

  /** Stop for good, by the server's wish or the candidate's, and say how much was heard. */
  stop(id = this.reply?.id) {
    if (!this.reply || this.reply.id !== id) return;
    const heard = this.heard;
    this.silence();
    this.reply = null;
    this.report({ type: "playback.stopped", reply_id: id, heard_chars: heard });
  }

  /** The reply was taken back; nothing of it counts. */
  drop(id) {
    if (this.reply?.id !== id) return;
    this.silence();
    this.reply = null;
  }

  get isPlaying() {
    return Boolean(this.reply && !this.reply.isPaused);
  }

  get isAudible() {
    return this.isPlaying && this.speaking.isAudible;
  }

  /** Characters heard so far of all sentences joined by spaces. */
  get heard() {
    const { sentences, next, startedAt } = this.reply;
    const before = sentences.slice(0, next).reduce((sum, text) => sum + text.length + 1, 0);
    const exact = next < sentences.length ? this.speaking.heardChars?.(sentences[next], this.place) : undefined;
    if (exact) return before + exact;
    if (startedAt === null || exact === 0) return Math.max(0, before - 1);
    return before + heardChars(sentences[next], this.clock() - startedAt, this.rate);
  }

  play() {
    const reply = this.reply;
    if (!reply || reply.isPaused || reply.startedAt !== null) return;
    const text = reply.sentences[reply.next];
    if (text !== undefined) return this.say(reply, text);
    if (reply.isWhole && reply.next >= reply.sentences.length) this.finish(reply);
    return undefined;
  }

  /** Which sentence of which reply is due. */
  get place() {
    return { replyId: this.reply.id, index: this.reply.next };
  }

  say(reply, text, voice = this.voice) {
    this.speaking = voice;
    reply.startedAt = this.clock();
    const isCurrent = () => this.reply === reply && reply.startedAt !== null;
    voice.speak(text, {
      ...this.place,
      rate: this.rate,
      onStart: () => isCurrent() && this.started(reply),
      onEnd: () => isCurrent() && this.said(reply),
      onFail: () => isCurrent() && this.failed(reply),
    });
  }

  started(reply) {
    reply.startedAt = this.clock();
    this.onPlaying(this.speaking.isAudible);
    if (reply.hasStarted) return;
    reply.hasStarted = true;
    this.report({ type: "playback.started", reply_id: reply.id });
  }

  said(reply) {
    reply.startedAt = null;
    reply.next += 1;
    this.play();
  }

  failed(reply) {
    this.say(reply, reply.sentences[reply.next], this.substitute());
  }

  /** Who says the sentence that could not be said. */
  substitute() {
    if (this.spare && this.speaking === this.voice) return this.spare;
    this.failures += 1;
    if (this.failures <= FAILURES_ALLOWED) return this.speaking;
    if (this.spare) this.spare = this.silent;
    else this.voice = this.silent;
    return this.silent;
  }

  finish(reply) {
    this.lastFinishedId = reply.id;
    this.reply = null;
    this.report({ type: "playback.finished", reply_id: reply.id });
    this.onPlaying(null);
  }

  silence() {
    this.speaking.cancel();
    if (this.reply) this.reply.startedAt = null;
    this.onPlaying(null);
  }
}
