/**
 * When each piece of a live line sounds. Pure.
 *
 * Pieces come at the pace of speech but unevenly: a little is kept in hand before the first sounds, and again
 * after it has run dry. What came twice is left out; where pieces come in a heap after a pause of the line, the
 * oldest are given up, since whoever listens wants to hear now.
 */

export const IN_HAND_S = 0.2;
export const MOST_BEHIND_S = 0.5;

export class Jitter {
  constructor(rate) {
    this.rate = rate;
    this.reset();
  }

  reset() {
    this.nextAt = null; // on the listener's clock, seconds
    this.expected = null; // sample offset
  }

  /**
   * `{at, skips}`: it sounds then; where `skips`, what is still to sound before has to be silenced.
   * Null: it was there already.
   */
  place(offset, count, now) {
    if (this.expected !== null && offset < this.expected) return null;
    this.expected = offset + count;
    const isDry = this.nextAt === null || this.nextAt < now;
    const isBehind = !isDry && this.nextAt - now > MOST_BEHIND_S;
    const at = isDry || isBehind ? now + IN_HAND_S : this.nextAt;
    this.nextAt = at + count / this.rate;
    return { at, skips: isBehind };
  }
}
