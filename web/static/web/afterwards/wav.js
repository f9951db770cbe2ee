/** A recording as one WAV file: mono, 16 bit, 16 kHz. */

import { RATE_HZ } from "../sound/chunk.js";

const HEADER_BYTES = 44;

/** `chunks` are Int16Arrays in order. Gives the bytes of the file. */
export function toWav(chunks) {
  const samples = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new ArrayBuffer(HEADER_BYTES + 2 * samples);
  const view = new DataView(bytes);
  write(view, 0, "RIFF");
  view.setUint32(4, bytes.byteLength - 8, true);
  write(view, 8, "WAVEfmt ");
  view.setUint32(16, 16, true); // the length of what follows up to "data"
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, 2 * RATE_HZ, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(view, 36, "data");
  view.setUint32(40, 2 * samples, true);
  let at = HEADER_BYTES;
  for (const chunk of chunks) {
    for (const sample of chunk) {
      view.setInt16(at, sample, true);
      at += 2;
    }
  }
  return bytes;
}

function write(view, at, word) {
  [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
}
