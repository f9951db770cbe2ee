import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeChunk, encodeChunk, toPcm } from "../../static/web/sound/chunk.js";
import { Resampler } from "../../static/web/sound/resampler.js";

function tone(hz, rate, seconds) {
  return Float32Array.from({ length: rate * seconds }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hz * index) / rate));
}

function resampled(signal, rate) {
  const resampler = new Resampler(rate);
  const out = [];
  for (let at = 0; at < signal.length; at += 128) out.push(...resampler.process(signal.subarray(at, at + 128)));
  return out;
}

function rms(samples) {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

for (const rate of [44100, 48000, 96000, 22050, 8000]) {
  test(`${rate} Hz becomes 16 kHz, sample for sample`, () => {
    const out = resampled(tone(1000, rate, 1), rate);
    assert.ok(Math.abs(out.length - 16000) <= 1, `${out.length} samples`);
    const settled = out.slice(2000, 14000);
    assert.ok(Math.abs(rms(settled) - 0.5 / Math.SQRT2) < 0.004, `level ${rms(settled)}`);
    const crossings = settled.filter((value, index) => index && value >= 0 && settled[index - 1] < 0).length;
    assert.ok(Math.abs(crossings - 750) <= 1, `${crossings} periods`);
  });
}

for (const hz of [9000, 12000, 20000]) {
  test(`${hz} Hz does not fold into the band of speech`, () => {
    const out = resampled(tone(hz, 48000, 1), 48000).slice(2000, 14000);
    assert.ok(20 * Math.log10(rms(out) / 0.354) < -60, `${20 * Math.log10(rms(out) / 0.354)} dB`);
  });
}

test("16 kHz passes as it is", () => {
  const block = Float32Array.of(0.1, -0.2, 0.3);
  assert.deepEqual(new Resampler(16000).process(block), block);
});

test("a chunk comes back as it was", () => {
  const samples = Int16Array.of(0, 1, -1, 32767, -32768);
  const { offset, samples: back } = decodeChunk(encodeChunk(2 ** 40 + 3, samples));
  assert.equal(offset, 2 ** 40 + 3);
  assert.deepEqual(back, samples);
});

test("too loud is clipped, not wrapped", () => {
  assert.deepEqual(toPcm([2, -2, 1, -1, 0]), Int16Array.of(32767, -32768, 32767, -32768, 0));
});
