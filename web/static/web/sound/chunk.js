/** One binary message: 8 bytes sample offset, little-endian, then 16-bit PCM at 16 kHz. */

export const RATE_HZ = 16000;
export const CHUNK_SAMPLES = 1600; // 100 ms
const HEADER_BYTES = 8;

export function encodeChunk(offset, samples) {
  const buffer = new ArrayBuffer(HEADER_BYTES + samples.length * 2);
  const view = new DataView(buffer);
  view.setBigUint64(0, BigInt(offset), true);
  samples.forEach((sample, index) => view.setInt16(HEADER_BYTES + index * 2, sample, true));
  return buffer;
}

export function decodeChunk(buffer) {
  const view = new DataView(buffer);
  const samples = new Int16Array((buffer.byteLength - HEADER_BYTES) / 2);
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = view.getInt16(HEADER_BYTES + index * 2, true);
  }
  return { offset: Number(view.getBigUint64(0, true)), samples };
}

/** Samples in [-1, 1] as 16-bit integers, clipped. */
export function toPcm(samples) {
  const pcm = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index += 1) {
    const clipped = Math.max(-1, Math.min(1, samples[index]));
    pcm[index] = Math.round(clipped * (clipped < 0 ? 32768 : 32767));
  }
  return pcm;
}
