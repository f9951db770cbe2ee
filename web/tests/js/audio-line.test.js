import assert from "node:assert/strict";
import { test } from "node:test";

import { AudioLine } from "../../static/web/sound/audio-line.js";

const CHUNK = 1600;

/** A line with a network that can be cut, a store that remembers, and a clock that is turned by hand. */
function setUp({ stored = [] } = {}) {
  const world = { now: 0, isUp: true, sent: [], missing: [], stored: [...stored] };
  world.line = new AudioLine({
    clock: () => world.now,
    sendChunk: (offset, pcm) => world.isUp && Boolean(world.sent.push([offset, pcm.length, pcm[0]])),
    sendMissing: (from, to) => world.isUp && Boolean(world.missing.push([from, to])),
    store: {
      put: (offset, pcm) => world.stored.push({ offset, pcm }),
      drop: (until) => (world.stored = world.stored.filter((one) => one.offset + one.pcm.length > until)),
      clear: () => (world.stored = []),
      load: async () => [...world.stored],
    },
  });
  world.speak = (count, value = 7) => {
    for (let index = 0; index < count; index += 1) {
      world.now += 100;
      world.line.record(new Int16Array(CHUNK).fill(value), world.now);
      world.line.pump();
    }
  };
  world.offsets = () => world.sent.map(([offset]) => offset);
  return world;
}

test("live chunks go out at once, each at its own offset", () => {
  const world = setUp();
  world.line.begin();
  world.speak(3);
  assert.deepEqual(world.offsets(), [0, 1600, 3200]);
});

test("muted chunks are zeros at their place", () => {
  const world = setUp();
  world.line.begin();
  world.line.isSilent = true;
  world.speak(1);
  assert.deepEqual(world.sent, [[0, CHUNK, 0]]);
});

test("what was not acknowledged is sent again, from where the server stands", () => {
  const world = setUp();
  world.line.begin();
  world.speak(4);
  world.line.ack(1600);
  world.line.part();
  world.speak(2);
  world.sent = [];
  world.line.join(3200, 9600);
  world.speak(1);
  assert.deepEqual(world.offsets(), [3200, 4800, 6400, 8000, 9600]);
});

test("a position the server has reached is no acknowledgement: after a crash it may want older audio", () => {
  const world = setUp();
  world.line.begin();
  world.speak(3);
  world.line.join(4800, 4800);
  world.sent = [];
  world.line.join(1600, 4800);
  assert.deepEqual(world.offsets(), [1600, 3200]);
});

test("catching up stays below eight times real time", () => {
  const world = setUp();
  world.line.begin();
  world.line.part();
  world.speak(600);
  world.sent = [];
  world.line.join(0, 0);
  const before = world.sent.length;
  for (let index = 0; index < 20; index += 1) {
    world.now += 100;
    world.line.pump();
  }
  assert.ok(before <= 10, `${before} chunks at once`);
  assert.ok(world.sent.length <= 10 + 2 * 80, `${world.sent.length} chunks in two seconds`);
  assert.ok(world.sent.length >= 140);
});

test("one resend begins where it was asked for", () => {
  const world = setUp();
  world.line.begin();
  world.speak(3);
  world.sent = [];
  world.now += 1000;
  world.line.resend(1600);
  assert.deepEqual(world.offsets(), [1600, 3200]);
});

test("what is gone is named, then the rest follows", () => {
  const world = setUp();
  world.line.begin();
  world.speak(4);
  world.line.ack(3200);
  world.sent = [];
  world.now += 1000;
  world.line.resend(0);
  assert.deepEqual(world.missing, [[0, 3200]]);
  assert.deepEqual(world.offsets(), [3200, 4800]);
});

test("a reload goes on with what the former page kept, and names the time in between", async () => {
  const former = setUp();
  former.line.begin();
  former.speak(5);
  former.line.ack(1600);
  const world = setUp({ stored: former.stored });
  await world.line.restore();
  assert.deepEqual(world.line.held, { audio_from: 1600, audio_to: 8000 });
  world.line.join(4800, 40000);
  assert.deepEqual(world.offsets(), [4800, 6400]);
  assert.deepEqual(world.missing, [[8000, 40000]]);
  assert.equal(world.line.head, 40000);
});

test("the time in which a phone slept belongs to the line", () => {
  const world = setUp();
  world.line.begin();
  world.speak(2);
  world.now += 5000;
  world.speak(1);
  assert.deepEqual(world.missing, [[3200, 3200 + 80000]]);
  assert.equal(world.offsets().at(-1), 83200);
});

test("a page that was busy gets its chunks late and all at once, without a hole", () => {
  const world = setUp();
  world.line.begin();
  world.speak(1);
  world.now += 3000;
  for (let at = 200; at <= 3100; at += 100) world.line.record(new Int16Array(CHUNK), at);
  assert.deepEqual(world.missing, []);
  assert.equal(world.line.head, 31 * CHUNK);
});

test("a pause holds the line: no sample passes, and nothing is missing afterwards", () => {
  const world = setUp();
  world.line.begin();
  world.speak(2);
  world.line.hold();
  world.speak(50);
  world.now += 60000;
  world.line.release();
  world.speak(1);
  assert.deepEqual(world.offsets(), [0, 1600, 3200]);
  assert.deepEqual(world.missing, []);
});

test("a page that was reloaded during a pause records nothing until it goes on", () => {
  const world = setUp();
  world.line.hold();
  world.line.join(3200, 3200);
  world.speak(50);
  world.line.release();
  world.speak(1);
  assert.deepEqual(world.offsets(), [3200]);
  assert.deepEqual(world.missing, []);
});

test("a send that fails is tried again", () => {
  const world = setUp();
  world.line.begin();
  world.isUp = false;
  world.speak(2);
  world.isUp = true;
  world.line.pump();
  assert.deepEqual(world.offsets(), [0, 1600]);
});

test("a rehearsal is stored nowhere, and stopping wipes what was", () => {
  const world = setUp();
  world.line.begin({ isStored: false });
  world.speak(2);
  assert.equal(world.stored.length, 0);
  world.line.begin();
  world.speak(2);
  assert.equal(world.stored.length, 2);
  world.line.stop();
  assert.equal(world.stored.length, 0);
});
