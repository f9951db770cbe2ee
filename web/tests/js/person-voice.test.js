import assert from "node:assert/strict";
import { test } from "node:test";

import { PersonVoice } from "../../static/web/voice/person-voice.js";

const RATE = 1000;

/** A player whose clock a test moves. */
class ScriptedPlayer {
  isAwake = true;
  left = 0;
  appended = 0;
  clears = 0;
  onDry = () => undefined;
  wake() {
    return this.isAwake ? Promise.resolve(true) : new Promise(() => {});
  }
  get isDry() {
    return this.left === 0;
  }
  get leftMs() {
    return this.left;
  }
  append(pcm, rate) {
    this.appended += pcm.length;
    this.left += (pcm.length / rate) * 1000;
  }
  clear() {
    this.clears += 1;
    this.left = 0;
  }
  runDry() {
    this.left = 0;
    this.onDry();
  }
}

function frame(samples, replyId = 7) {
  const buffer = new ArrayBuffer(8 + 2 * samples);
  new DataView(buffer).setUint32(0, replyId, true);
  new DataView(buffer).setUint32(4, RATE, true);
  return buffer;
}

async function setUp({ isAwake = true } = {}) {
  const world = { player: new ScriptedPlayer(), played: [], blocked: [] };
  world.player.isAwake = isAwake;
  world.voice = new PersonVoice({
    player: world.player,
    onPlaying: (isAudible) => world.played.push(isAudible),
    onBlocked: (isBlocked) => world.blocked.push(isBlocked),
  });
  await world.voice.begin(7);
  return world;
}

test("it sounds as soon as a little of it is there, and then as it comes", async () => {
  const { voice, player, played } = await setUp();
  assert.equal(voice.take(frame(100)), true);
  assert.equal(player.appended, 0);
  voice.take(frame(100));
  assert.equal(player.appended, 200);
  voice.take(frame(50));
  assert.equal(player.appended, 250);
  assert.deepEqual(played, [true]);
});

test("what is late is waited for, and silence is told", async () => {
  const { voice, player, played } = await setUp();
  voice.take(frame(200));
  player.runDry();
  assert.deepEqual(played, [true, false]);
  voice.take(frame(100));
  assert.equal(player.appended, 200);
  voice.take(frame(100));
  assert.equal(player.appended, 400);
  assert.deepEqual(played, [true, false, true]);
});

test("frames of other replies are left to others", async () => {
  const { voice } = await setUp();
  assert.equal(voice.take(frame(200, 8)), false);
  voice.end(7);
  assert.equal(voice.take(frame(200)), false);
});

test("the last of it is played when they have finished", async () => {
  const { voice, player } = await setUp();
  voice.take(frame(100));
  voice.end(7);
  assert.equal(player.appended, 100);
});

test("who hears it late does not hear the past", async () => {
  const { voice, player } = await setUp();
  for (let count = 0; count < 30; count += 1) voice.take(frame(100));
  assert.equal(player.clears > 1, true);
  assert.equal(player.leftMs <= 1500, true);
});

test("a browser that lets nothing sound is told of once, and the past is left out", async () => {
  const { voice, player, blocked } = await setUp({ isAwake: false });
  voice.take(frame(400));
  assert.deepEqual(blocked, [true]);
  player.isAwake = true;
  await voice.wake();
  await voice.wake();
  assert.deepEqual(blocked, [true, false]);
  assert.equal(player.appended, 0);
  voice.take(frame(200));
  assert.equal(player.appended, 200);
});
