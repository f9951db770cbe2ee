/**
 * Plays samples through Web Audio in the order they come, and knows to the sample what has sounded.
 *
 * Traps: a context sleeps until somebody has pressed something, and its time stands still meanwhile; a buffer of
 * another rate than the context's is resampled by itself, which is heard where two meet. So the context has the
 * rate that speech servers usually give, and the browser brings all of it to the loudspeaker's.
 */

const USUAL_RATE_HZ = 24000;
const LEAD_S = 0.02; // from handing a buffer over to its sounding; what is handed over too late is cut at its start
const FULL_SCALE = 32768;

export class PcmPlayer {
  /** `onDry()` when the last of what was appended has sounded. */
  constructor({ makeContext = () => new AudioContext({ latencyHint: "interactive", sampleRate: USUAL_RATE_HZ }) } = {}) {
    this.makeContext = makeContext;
    this.onDry = () => undefined;
    this.pieces = [];
    this.nextAt = 0;
  }

  /** Call it while the candidate presses something, at best; resolves to whether it can be heard now. */
  async wake() {
    try {
      this.context ??= this.makeContext();
      if (!this.isAwake) await this.context.resume();
    } catch {
      // No sound here: whoever waits for it goes on without.
    }
    return this.isAwake;
  }

  get isAwake() {
    return this.context?.state === "running";
  }

  get isDry() {
    return !this.pieces.some((piece) => !piece.hasEnded);
  }

  /** Milliseconds until the last of it has sounded. */
  get leftMs() {
    return this.isDry ? 0 : Math.max(0, this.nextAt - this.context.currentTime) * 1000;
  }

  /** Samples that have sounded since the last `clear`. */
  get played() {
    const now = this.context?.currentTime ?? 0;
    const sounded = ({ at, samples, rate }) => Math.min(samples, Math.max(0, Math.floor((now - at) * rate)));
    return this.pieces.reduce((sum, piece) => sum + (piece.hasEnded ? piece.samples : sounded(piece)), 0);
  }

  /** `pcm` is an Int16Array of `rate` samples a second; it sounds after what was appended before. */
  append(pcm, rate) {
    const { context } = this;
    const buffer = context.createBuffer(1, pcm.length, rate);
    buffer.getChannelData(0).set(Float32Array.from(pcm, (sample) => sample / FULL_SCALE));
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    const piece = { source, at: Math.max(this.nextAt, context.currentTime + LEAD_S), samples: pcm.length, rate, hasEnded: false };
    this.pieces.push(piece);
    this.nextAt = piece.at + pcm.length / rate;
    source.onended = () => this.ended(piece);
    source.start(piece.at);
  }

  ended(piece) {
    piece.hasEnded = true;
    if (this.pieces.includes(piece) && this.isDry) this.onDry();
  }

  /** Silence at once; gives how many samples had sounded. */
  clear() {
    const { played, pieces } = this;
    this.pieces = [];
    this.nextAt = 0;
    for (const { source, hasEnded } of pieces) {
      if (hasEnded) continue;
      source.stop();
      source.disconnect();
    }
    return played;
  }
}
