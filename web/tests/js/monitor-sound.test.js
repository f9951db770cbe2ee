import assert from "node:assert/strict";
import { test } from "node:test";

import { IN_HAND_S, Jitter } from "../../static/web/monitor/jitter.js";
import { decodeHeard, Listening } from "../../static/web/monitor/listening.js";
import { OwnVoice, TROUBLES } from "../../static/web/monitor/own-voice.js";
import { decodeChunk } from "../../static/web/sound/chunk.js";
import { MicrophoneError } from "../../static/web/sound/microphone.js";

const RATE = 16000;
const PIECE = 1600;
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test("pieces sound one after the other, a little later than they come", () => {
  const jitter = new Jitter(RATE);
  const at = [0, 1, 2].map((index) => jitter.place(index * PIECE, PIECE, 10 + index * 0.1).at);
  near(at[0], 10 + IN_HAND_S);
  near(at[1], at[0] + 0.1);
  near(at[2], at[1] + 0.1);
});

test("what comes twice is left out, and a leap on the line is no pause", () => {
  const jitter = new Jitter(RATE);
  const first = jitter.place(0, PIECE, 0);
  assert.equal(jitter.place(0, PIECE, 0.05), null);
  near(jitter.place(160000, PIECE, 0.1).at, first.at + 0.1);
});

test("after it has run dry it takes a little in hand again", () => {
  const jitter = new Jitter(RATE);
  jitter.place(0, PIECE, 0);
  near(jitter.place(PIECE, PIECE, 3).at, 3 + IN_HAND_S);
});

test("whoever has fallen more than half a second behind leaps to now", () => {
  const jitter = new Jitter(RATE);
  const places = Array.from({ length: 20 }, (_, index) => jitter.place(index * PIECE, PIECE, 5));
  assert.ok(places.some((place) => place.skips));
  assert.ok(places.every((place) => place.at - 5 <= 0.5 + 0.1));
});

function heard(side, offset, samples) {
  const buffer = new ArrayBuffer(9 + samples.length * 2);
  const view = new DataView(buffer);
  view.setUint8(0, side);
  view.setBigUint64(1, BigInt(offset), true);
  samples.forEach((sample, index) => view.setInt16(9 + index * 2, sample, true));
  return buffer;
}

test("a piece that is heard says whose side it is, where it lies and how it sounds", () => {
  const { side, offset, samples } = decodeHeard(heard(1, 3200, [0, 16384, -32768]));
  assert.equal(side, 1);
  assert.equal(offset, 3200);
  assert.deepEqual([...samples], [0, 0.5, -1]);
});

class ScriptedContext {
  constructor() {
    this.currentTime = 0;
    this.started = [];
    this.stopped = 0;
  }
  resume() {
    return Promise.resolve();
  }
  close() {
    return Promise.resolve();
  }
  createGain() {
    return { gain: { value: 1 }, connect() {} };
  }
  createBuffer(_, length) {
    return { length, getChannelData: () => new Float32Array(length) };
  }
  createBufferSource() {
    const context = this;
    return { connect() {}, disconnect() {}, start: (at) => context.started.push(at), stop: () => (context.stopped += 1) };
  }
}

test("two sides sound at once, and what was played is counted", async () => {
  const context = new ScriptedContext();
  let played = 0;
  const listening = new Listening({ makeContext: () => context, onPlayed: (ms) => (played = ms) });
  await listening.open();
  listening.take(heard(0, 0, Array(PIECE).fill(1)));
  listening.take(heard(1, 0, Array(PIECE).fill(1)));
  assert.deepEqual(context.started, [IN_HAND_S, IN_HAND_S]);
  assert.equal(played, 200);
});

test("whoever speaks as the interviewer does not hear themselves", async () => {
  const context = new ScriptedContext();
  const listening = new Listening({ makeContext: () => context });
  await listening.open();
  listening.isOwnVoice = true;
  listening.take(heard(1, 0, Array(PIECE).fill(1)));
  assert.equal(context.started.length, 0);
  listening.take(heard(0, 0, Array(PIECE).fill(1)));
  assert.equal(context.started.length, 1);
});

test("a heap after a pause is not played out behind the talk", async () => {
  const context = new ScriptedContext();
  const listening = new Listening({ makeContext: () => context });
  await listening.open();
  for (let index = 0; index < 20; index += 1) listening.take(heard(0, index * PIECE, Array(PIECE).fill(1)));
  assert.ok(context.stopped > 0);
});

class ScriptedMicrophone {
  constructor(handlers, trouble = null) {
    Object.assign(this, handlers);
    this.trouble = trouble;
    this.isClosed = false;
  }
  open() {
    return this.trouble ? Promise.reject(new MicrophoneError(this.trouble)) : Promise.resolve();
  }
  close() {
    this.isClosed = true;
  }
}

function speaker(trouble = null) {
  const one = { sent: [], isLinked: true };
  one.voice = new OwnVoice({
    send: (buffer) => one.isLinked && one.sent.push(decodeChunk(buffer)) > 0,
    onChange: () => undefined,
    onLevel: () => undefined,
    makeMicrophone: (handlers) => (one.microphone = new ScriptedMicrophone(handlers, trouble)),
  });
  return one;
}

test("one's own line begins at 0 with each take-over, and goes on through mute as silence", async () => {
  const { voice, sent, microphone } = speaker();
  voice.begin();
  await voice.open();
  microphone.onChunk(Int16Array.of(1, 2));
  voice.toggleMute();
  microphone.onChunk(Int16Array.of(3, 4));
  assert.deepEqual(sent.map(({ offset, samples }) => [offset, ...samples]), [[0, 1, 2], [2, 0, 0]]);
  voice.close();
  assert.equal(microphone.isClosed, true);
  microphone.onChunk(Int16Array.of(5, 6));
  assert.equal(sent.length, 2);
  voice.begin();
  await voice.open();
  microphone.onChunk(Int16Array.of(7, 8));
  assert.equal(sent.at(-1).offset, 0);
});

test("what could not be sent takes no place on the line", async () => {
  const one = speaker();
  await one.voice.open();
  one.isLinked = false;
  one.microphone.onChunk(Int16Array.of(1, 2));
  one.isLinked = true;
  one.microphone.onChunk(Int16Array.of(3, 4));
  assert.equal(one.sent[0].offset, 0);
});

test("a microphone that can't be had is told in words, and one that goes away as well", async () => {
  const refused = speaker("insecure");
  await refused.voice.open();
  assert.equal(refused.voice.state, "off");
  assert.equal(refused.voice.trouble, TROUBLES.insecure);
  const gone = speaker();
  await gone.voice.open();
  gone.microphone.onGone();
  assert.equal(gone.voice.trouble, TROUBLES.gone);
});

test("a page whose voice is refused falls silent", async () => {
  const { voice, sent, microphone } = speaker();
  await voice.open();
  voice.refused();
  assert.equal(voice.trouble, TROUBLES.not_yours);
  microphone.onChunk(Int16Array.of(1, 2));
  assert.equal(sent.length, 0);
});
