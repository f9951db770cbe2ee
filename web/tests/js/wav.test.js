import assert from "node:assert/strict";
import { test } from "node:test";

import { toWav } from "../../static/web/afterwards/wav.js";

test("chunks become one file that says how long it is", () => {
  const bytes = toWav([Int16Array.of(1, -2), Int16Array.of(32767)]);
  const view = new DataView(bytes);
  const word = (at) => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  assert.equal(bytes.byteLength, 44 + 6);
  assert.deepEqual([word(0), word(8), word(12), word(36)], ["RIFF", "WAVE", "fmt ", "data"]);
  assert.equal(view.getUint32(4, true), 36 + 6);
  assert.equal(view.getUint16(22, true), 1);
  assert.equal(view.getUint32(24, true), 16000);
  assert.equal(view.getUint16(34, true), 16);
  assert.equal(view.getUint32(40, true), 6);
  assert.deepEqual([44, 46, 48].map((at) => view.getInt16(at, true)), [1, -2, 32767]);
});

test("nothing recorded is a file without samples", () => {
  assert.equal(toWav([]).byteLength, 44);
});
