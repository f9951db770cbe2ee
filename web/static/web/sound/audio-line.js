/**
 * The candidate's audio line: every sample has a place, and is kept until the server says that it is safe.
 *
 * Theory of operation. `head` is where the next recorded sample goes, `cursor` is what the server is sent next.
 * In quiet times the two follow each other at 100 ms; after a lost line, a reload or a resend the cursor lies
 * behind and catches up at up to eight times real time, always in order. Where nothing is kept (a phone slept,
 * a page was closed) the gap is named with `sendMissing`, so that an offset stays a time. Knows no socket and
 * no browser: the two send functions say whether they could.
 */

import { RATE_HZ } from "./chunk.js";

const CATCH_UP = 7.5; // times real time; the server takes 8 (protocol, "audio")
const LONGEST_KEPT = 20 * 60 * RATE_HZ; // 20 minutes, 38 MB: far more than the minute after which we pause
const HOLE = RATE_HZ; // a shorter one between two clocks is none
const NOWHERE = { put() {}, drop() {}, clear() {} };

export class AudioLine {
  /** `store` outlives a reload: `put(offset, pcm)`, `drop(until)`, `clear()`, and `load()`, a promise of chunks. */
  constructor({ store, sendChunk, sendMissing, clock = () => performance.now() }) {
    this.keeper = store;
    this.store = store;
    this.sendChunk = sendChunk;
    this.sendMissing = sendMissing;
    this.clock = clock;
    this.isSilent = false;
    this.reset(0);
    this.isRunning = false;
  }

  reset(offset) {
    this.kept = [];
    this.head = offset;
    this.cursor = offset;
    this.isJoined = false;
    this.isHeld = false;
    this.isRunning = true;
    this.tokens = CATCH_UP * RATE_HZ;
    this.filledAt = this.clock();
    this.recordedAt = null;
  }

  /** A new line begins at sample 0; what an older one kept is of no use any more. A rehearsal is not stored. */
  begin({ isStored = true } = {}) {
    this.keeper.clear();
    this.store = isStored ? this.keeper : NOWHERE;
    this.reset(0);
    this.isJoined = true;
  }

  /** After a reload: what the former page kept. */
  async restore() {
    const chunks = await this.store.load();
    if (!chunks.length) return;
    this.reset(chunks[0].offset);
    this.kept = chunks.sort((a, b) => a.offset - b.offset);
    this.head = end(this.kept.at(-1));
  }

  /** What `hello` says: the offsets that are held here, or nothing. */
  get held() {
    if (!this.kept.length) return {};
    return { audio_from: this.kept[0].offset, audio_to: this.head };
  }

  /** The server has told where it stands: `audioOffset` is what it wants next, `lineOffset` is now. */
  join(audioOffset, lineOffset) {
    if (!this.isRunning) {
      const { isHeld } = this; // of a page that was reloaded during a pause
      this.reset(audioOffset);
      this.isHeld = isHeld;
    }
    this.cursor = audioOffset; // not an acknowledgement: only `ack` lets go of anything
    this.head = Math.max(this.head, audioOffset);
    if (lineOffset - this.head > HOLE) {
      this.head = lineOffset;
      this.recordedAt = this.isHeld ? null : Date.now();
    }
    this.isJoined = true;
    this.pump();
  }

  /** The socket is gone: recording goes on, sending waits for the next `join`. */
  part() {
    this.isJoined = false;
  }

  /** One chunk, whose last sample was heard at `at` (ms, wall time, taken on the audio thread). */
  record(pcm, at = Date.now()) {
    if (!this.isRunning || this.isHeld) return;
    this.makeHole(at, pcm.length);
    const chunk = { offset: this.head, pcm: this.isSilent ? new Int16Array(pcm.length) : pcm };
    this.head += pcm.length;
    this.kept.push(chunk);
    this.store.put(chunk.offset, chunk.pcm);
    this.forgetOldest();
    this.pump();
  }

  /** The microphone stood still (a phone slept, a device was changed): that time belongs to the line, too. */
  makeHole(at, length) {
    if (this.recordedAt !== null) {
      const missed = Math.round(((at - this.recordedAt) / 1000) * RATE_HZ) - length;
      if (missed > HOLE) this.head += missed;
    }
    this.recordedAt = at;
  }

  /** The interview is paused, and its line with it. */
  hold() {
    this.isHeld = true;
    this.recordedAt = null;
  }

  release() {
    this.isHeld = false;
    this.recordedAt = null;
    this.pump();
  }

  stop() {
    this.isRunning = false;
    this.kept = [];
    this.store.clear();
  }

  ack(offset) {
    this.kept = this.kept.filter((chunk) => end(chunk) > offset);
    this.store.drop(offset);
  }

  resend(offset) {
    this.cursor = offset;
    this.pump();
  }

  get isBehind() {
    return this.isRunning && this.isJoined && !this.isHeld && this.cursor < this.head;
  }

  /** Send what is due. Call it again a little later while `isBehind`. */
  pump() {
    this.refill();
    while (this.isBehind && this.tokens > 0) {
      const chunk = this.kept.find((one) => end(one) > this.cursor);
      const to = chunk ? chunk.offset : this.head;
      if (to > this.cursor && !this.skipTo(to)) return;
      if (!chunk || !this.sendChunk(chunk.offset, chunk.pcm)) return;
      this.cursor = end(chunk);
      this.tokens -= chunk.pcm.length;
    }
  }

  skipTo(offset) {
    if (!this.sendMissing(this.cursor, offset)) return false;
    this.cursor = offset;
    return true;
  }

  refill() {
    const now = this.clock();
    const gained = ((now - this.filledAt) / 1000) * RATE_HZ * CATCH_UP;
    this.tokens = Math.min(RATE_HZ, this.tokens + gained);
    this.filledAt = now;
  }

  forgetOldest() {
    while (this.kept.length && this.head - this.kept[0].offset > LONGEST_KEPT) {
      this.store.drop(end(this.kept.shift()));
    }
  }
}

function end(chunk) {
  return chunk.offset + chunk.pcm.length;
}
