/**
 * Plays what a person says who has taken over, as it comes: a little is kept ready, what is late is waited for.
 *
 * Nobody else can say it: where the browser does not let it sound, `onBlocked` is told, and its words stand on the
 * page as soon as they are known.
 */

import { PcmPlayer } from "./pcm-player.js";

const HEAD_BYTES = 8; // reply and rate, four bytes each
const JITTER_S = 0.15; // so much is there before it sounds, also after it has run dry
const AWAKE_WITHIN_MS = 500;
const MOST_BEHIND_S = 1.5; // a line that stood still: what is older than that is left out, so that both talk about now

export class PersonVoice {
  /** `onPlaying(isAudible)` when it begins and stops to sound; `onBlocked(isBlocked)` when the browser lets nothing. */
  constructor({ onPlaying = () => undefined, onBlocked = () => undefined, player = new PcmPlayer() } = {}) {
    this.onPlaying = onPlaying;
    this.onBlocked = onBlocked;
    this.player = player;
    this.player.onDry = () => this.ranDry();
    this.replyId = null;
    this.isBlocked = false;
    this.forget();
  }

  forget() {
    this.waiting = [];
    this.waitingS = 0;
    this.isSounding = false;
  }

  /** A person begins, or is met in mid-sentence. */
  async begin(replyId) {
    this.stop();
    this.replyId = replyId;
    await this.wake();
  }

  /** A browser that lets nothing sound does not refuse: it never answers. */
  async wake() {
    const late = new Promise((resolve) => setTimeout(() => resolve(this.player.isAwake), AWAKE_WITHIN_MS));
    this.heed(await Promise.race([this.player.wake(), late]));
  }

  heed(isAwake) {
    if (this.isBlocked === !isAwake) return;
    this.isBlocked = !isAwake;
    if (isAwake) this.forget(); // what was said before nobody would follow now
    this.onBlocked(this.isBlocked);
  }

  /** A binary frame; false when it is another's. */
  take(frame) {
    const size = frame.byteLength - HEAD_BYTES;
    if (this.replyId === null || size <= 0 || size % 2) return false;
    const head = new DataView(frame);
    if (head.getUint32(0, true) !== this.replyId) return false;
    const pcm = new Int16Array(frame, HEAD_BYTES);
    const rate = head.getUint32(4, true);
    this.waiting.push({ pcm, rate });
    this.waitingS += pcm.length / rate;
    this.feed();
    return true;
  }

  feed() {
    const { player } = this;
    if (!player.isAwake || (player.isDry && this.waitingS < JITTER_S)) return;
    if (player.leftMs / 1000 + this.waitingS > MOST_BEHIND_S) this.catchUp();
    this.play();
  }

  play() {
    const waiting = this.waiting;
    this.waiting = [];
    this.waitingS = 0;
    for (const { pcm, rate } of waiting) this.player.append(pcm, rate);
    if (!waiting.length || this.isSounding) return;
    this.isSounding = true;
    this.onPlaying(true);
  }

  catchUp() {
    this.player.clear();
    while (this.waiting.length > 1 && this.waitingS > JITTER_S * 2) {
      const { pcm, rate } = this.waiting.shift();
      this.waitingS -= pcm.length / rate;
    }
  }

  /** They have finished: what is left is played to its end. */
  end(replyId) {
    if (this.replyId !== replyId) return;
    if (this.player.isAwake) this.play();
    this.replyId = null;
  }

  stop() {
    this.player.clear();
    this.replyId = null;
    if (this.isSounding) this.onPlaying(false);
    this.forget();
  }

  ranDry() {
    if (this.waitingS >= JITTER_S) return void this.play();
    if (!this.isSounding) return undefined;
    this.isSounding = false;
    return void this.onPlaying(false);
  }
}
