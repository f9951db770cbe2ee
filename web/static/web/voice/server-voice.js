/**
 * Speaks with the voice that the server sends: waits for a little of it, plays, and goes on where it was stopped.
 *
 * When the line is slower than the speech it waits for more and then goes on; when nothing comes any more, or the
 * server says so, the sentence is handed back. The server has chosen the pace, so `rate` changes nothing here.
 */

import { PcmPlayer } from "./pcm-player.js";
import { CHARS_PER_SECOND, wholeWords } from "./reading.js";
import { AudioShelf } from "./sentence-audio.js";

const JITTER_S = 0.15; // so much is there before it sounds, also after it has run dry
const START_WITHIN_MS = 6000; // the server gives up on its voice after four
const AWAKE_WITHIN_MS = 1500; // after a reload nobody has pressed anything yet, and nothing would be heard
const GO_ON_WITHIN_MS = 6000;
const END_WITHIN_MS = 3000; // beyond what is left to play: a device that fell asleep never says that it has ended
export const SAMPLE_REPLY = 0; // names the sentence of the microphone check

export class ServerVoice {
  isAudible = true;

  /** `want(replyId, fromIndex)` asks the server for audio. */
  constructor({ want, player = new PcmPlayer() }) {
    this.want = want;
    this.player = player;
    this.player.onDry = () => this.feed();
    this.shelf = new AudioShelf();
    this.current = null;
  }

  wake() {
    return this.player.wake();
  }

  // --- from the server

  /** A message `reply.audio`. */
  told(message) {
    this.shelf.note(message);
    this.feed();
  }

  /** A binary frame. */
  take(frame) {
    if (this.shelf.take(frame)) this.feed();
  }

  /** After a new connection: ask for what is lacking of a reply's sentences from `next` on. */
  rejoin(replyId, next, count) {
    let lacking = next;
    while (this.shelf.find(replyId, lacking)?.isWhole) lacking += 1;
    if (lacking < count) this.want(replyId, lacking);
  }

  // --- speaking

  /** `onFail` instead of `onEnd` when it could not be said. Exactly one of the two is called, unless cancelled. */
  speak(text, { replyId, index, onStart, onEnd, onFail }) {
    this.cancel();
    const from = this.shelf.find(replyId, index)?.played ?? 0;
    const current = { replyId, index, from, appended: from, hasBegun: false, onStart, onEnd, onFail };
    this.current = current;
    if (replyId === SAMPLE_REPLY && !this.audio?.isWhole) this.want(replyId, index);
    if (replyId === SAMPLE_REPLY && this.audio) this.audio.played = current.from = current.appended = 0;
    if (this.player.isAwake) return this.awake(current);
    this.expect(AWAKE_WITHIN_MS);
    return void this.player.wake().then((isAwake) => isAwake && this.awake(current));
  }

  awake(current) {
    if (this.current !== current) return;
    this.expect(START_WITHIN_MS);
    this.feed();
  }

  cancel() {
    clearTimeout(this.timer);
    const sounded = this.player.clear();
    if (this.current && this.audio) this.audio.played = this.current.from + sounded;
    this.current = null;
  }

  /** Characters of `text`, a sentence of ours, that have sounded; whole words only. */
  heardChars(text, { replyId, index }) {
    const audio = this.shelf.find(replyId, index);
    if (!audio?.samples) return 0;
    const isCurrent = this.current?.replyId === replyId && this.current.index === index;
    const played = isCurrent ? this.current.from + this.player.played : audio.played;
    const guess = (text.length / CHARS_PER_SECOND) * audio.rate;
    const total = audio.isWhole ? audio.samples : Math.max(audio.samples, guess);
    return wholeWords(text, Math.floor((text.length * played) / total));
  }

  get audio() {
    return this.current && this.shelf.find(this.current.replyId, this.current.index);
  }

  /** Hand over to the player what has come, once it is enough. */
  feed() {
    const { current, audio, player } = this;
    if (!current || !audio || !player.isAwake) return;
    if (audio.hasFailed) return this.finish(current.onFail);
    const waiting = audio.samples - current.appended;
    if (waiting > 0 && (!player.isDry || audio.isWhole || waiting >= JITTER_S * audio.rate)) this.play(current, audio);
    if (audio.isWhole && player.isDry) return this.finish(current.onEnd);
    if (!player.isDry) this.expect(player.leftMs + END_WITHIN_MS);
    else if (current.hasBegun && waiting <= 0) this.expect(GO_ON_WITHIN_MS);
  }

  play(current, audio) {
    try {
      for (const pcm of audio.after(current.appended)) this.player.append(pcm, audio.rate);
    } catch {
      return this.finish(current.onFail); // a rate that this browser does not play
    }
    current.appended = audio.samples;
    if (current.hasBegun) return undefined;
    current.hasBegun = true;
    return current.onStart();
  }

  expect(withinMs) {
    clearTimeout(this.timer);
    const { current } = this;
    this.timer = setTimeout(() => this.current === current && this.finish(current.onFail), withinMs);
  }

  finish(how) {
    this.cancel();
    how();
  }
}
