/** Plays the interview to an observer: two lines, mixed, with a little in hand. */

import { Jitter } from "./jitter.js";

const RATE_HZ = 16000;
const HEADER_BYTES = 9; // which side, and 8 bytes of sample offset
const FULL_SCALE = 32768;
const INTERVIEWER = 1;

export function decodeHeard(buffer) {
  const view = new DataView(buffer);
  const samples = new Float32Array((buffer.byteLength - HEADER_BYTES) >> 1);
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = view.getInt16(HEADER_BYTES + index * 2, true) / FULL_SCALE;
  }
  return { side: view.getUint8(0), offset: Number(view.getBigUint64(1, true)), samples };
}

export class Listening {
  /** `onPlayed(ms)`: so much was handed to the loudspeaker in all. */
  constructor({ onPlayed = () => undefined, makeContext = usualContext } = {}) {
    this.makeContext = makeContext;
    this.onPlayed = onPlayed;
    this.volume = 1;
    this.isOwnVoice = false; // who speaks as the interviewer must not hear themselves a moment later
    this.playedMs = 0;
    this.lines = new Map();
  }

  get isOpen() {
    return Boolean(this.context);
  }

  /** Call it while somebody presses something: a browser lets no page sound by itself. */
  async open() {
    this.context ??= this.makeContext();
    this.gain ??= this.makeGain();
    await this.context.resume();
  }

  makeGain() {
    const gain = this.context.createGain();
    gain.gain.value = this.volume;
    gain.connect(this.context.destination);
    return gain;
  }

  setVolume(volume) {
    this.volume = volume;
    if (this.gain) this.gain.gain.value = volume;
  }

  take(buffer) {
    if (!this.context) return;
    const { side, offset, samples } = decodeHeard(buffer);
    if (!samples.length || (this.isOwnVoice && side === INTERVIEWER)) return;
    const line = this.lineOf(side);
    const place = line.jitter.place(offset, samples.length, this.context.currentTime);
    if (place === null) return;
    if (place.skips) line.silence();
    line.play(this.context, this.gain, samples, place.at);
    this.playedMs += (samples.length / RATE_HZ) * 1000;
    this.onPlayed(this.playedMs);
  }

  lineOf(side) {
    if (!this.lines.has(side)) this.lines.set(side, new Line());
    return this.lines.get(side);
  }

  close() {
    this.context?.close().catch(() => undefined);
    this.context = null;
    this.gain = null;
    this.lines.clear();
  }
}

function usualContext() {
  try {
    return new AudioContext({ latencyHint: "interactive", sampleRate: RATE_HZ });
  } catch {
    return new AudioContext(); // this browser plays at its own rate only, and brings each piece to it
  }
}

class Line {
  constructor() {
    this.jitter = new Jitter(RATE_HZ);
    this.sounding = new Set();
  }

  play(context, gain, samples, at) {
    const buffer = context.createBuffer(1, samples.length, RATE_HZ);
    buffer.getChannelData(0).set(samples);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(gain);
    source.onended = () => this.sounding.delete(source);
    this.sounding.add(source);
    source.start(at);
  }

  silence() {
    for (const source of this.sounding) {
      source.onended = null;
      source.stop();
      source.disconnect();
    }
    this.sounding.clear();
  }
}
