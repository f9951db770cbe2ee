/**
 * Brings any sample rate to 16 kHz: a polyphase bank of a windowed-sinc low-pass.
 *
 * Without the low-pass, hiss and sibilants above 8 kHz would fold into the band where words are recognised.
 * Kaiser window, beta 7.86: 80 dB down (Oppenheim & Schafer, table of Kaiser parameters).
 */

const KAISER_BETA = 7.857;
const HALF_WIDTH = 32; // zero crossings on each side, of the lower of the two rates: 1.25 kHz of transition at 16 kHz
const CUTOFF = 0.47; // of the lower rate

export class Resampler {
  constructor(fromHz, toHz = 16000) {
    const shared = gcd(fromHz, toHz);
    this.up = toHz / shared; // number of phases
    this.down = fromHz / shared;
    const scale = Math.max(1, fromHz / toHz);
    this.reach = Math.ceil(HALF_WIDTH * scale);
    this.taps = 2 * this.reach;
    this.isSame = fromHz === toHz;
    this.phases = this.isSame ? [] : makePhases(this.up, this.reach, CUTOFF / scale);
    this.history = new Float32Array(this.taps);
    this.position = 0; // of the next output, in 1/up of an input sample, from the start of the next block
  }

  /** The part of the output that `block` completes; call it with one block after the other. */
  process(block) {
    if (this.isSame) return block.slice();
    const input = new Float32Array(this.history.length + block.length);
    input.set(this.history);
    input.set(block, this.history.length);
    const end = block.length * this.up;
    const count = Math.max(0, Math.ceil((end - this.position) / this.down));
    const output = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      const at = this.position + index * this.down;
      output[index] = dot(input, Math.floor(at / this.up), this.phases[at % this.up]);
    }
    this.position += count * this.down - end;
    this.history = input.slice(input.length - this.taps);
    return output;
  }
}

function dot(input, from, kernel) {
  let sum = 0;
  for (let tap = 0; tap < kernel.length; tap += 1) sum += input[from + 1 + tap] * kernel[tap];
  return sum;
}

function makePhases(count, reach, cutoff) {
  return Array.from({ length: count }, (_, phase) => {
    const kernel = new Float32Array(2 * reach);
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap += 1) {
      const distance = tap + 1 - reach - phase / count;
      kernel[tap] = sinc(2 * cutoff * distance) * kaiser(distance / (reach + 1));
      sum += kernel[tap];
    }
    return kernel.map((value) => value / sum);
  });
}

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x) {
  return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x) {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-9; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}
