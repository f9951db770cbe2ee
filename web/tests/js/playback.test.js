import assert from "node:assert/strict";
import { test } from "node:test";

import { chooseVoice } from "../../static/web/voice/browser-voice.js";
import { Playback } from "../../static/web/voice/playback.js";
import { heardChars, readingMs } from "../../static/web/voice/reading.js";

/** A voice that says when it is told to. */
class ScriptedVoice {
  isAudible = true;
  spoken = [];
  speak(text, callbacks) {
    this.spoken.push(text);
    this.callbacks = callbacks;
  }
  cancel() {
    this.callbacks = null;
  }
}

function setUp() {
  const world = { now: 0, reports: [], playing: [], voice: new ScriptedVoice(), silent: new ScriptedVoice() };
  world.playback = new Playback({
    report: (message) => world.reports.push(message),
    onPlaying: (isAudible) => world.playing.push(isAudible),
    clock: () => world.now,
    silent: world.silent,
  });
  world.playback.useVoice(world.voice);
  world.types = () => world.reports.map((message) => message.type);
  return world;
}

test("sentences are said in order, and the end is told once all was sent", () => {
  const { playback, voice, reports } = setUp();
  playback.begin(4);
  playback.sentence(4, 0, "One.");
  voice.callbacks.onStart();
  voice.callbacks.onEnd();
  assert.deepEqual(reports, [{ type: "playback.started", reply_id: 4 }]);
  playback.sentence(4, 1, "Two.");
  playback.whole(4);
  voice.callbacks.onStart();
  voice.callbacks.onEnd();
  assert.deepEqual(voice.spoken, ["One.", "Two."]);
  assert.deepEqual(reports.at(-1), { type: "playback.finished", reply_id: 4 });
});

test("pausing cancels, resuming says the sentence again", () => {
  const { playback, voice } = setUp();
  playback.begin(1);
  playback.sentence(1, 0, "A sentence.");
  voice.callbacks.onStart();
  playback.pause();
  assert.equal(voice.callbacks, null);
  playback.resume();
  assert.deepEqual(voice.spoken, ["A sentence.", "A sentence."]);
});

test("stopping tells how much was heard, in whole words", () => {
  const world = setUp();
  world.playback.begin(2);
  world.playback.sentence(2, 0, "First one.");
  world.voice.callbacks.onStart();
  world.voice.callbacks.onEnd();
  world.playback.sentence(2, 1, "The second is longer than that.");
  world.voice.callbacks.onStart();
  world.now += 1000; // 14 characters
  world.playback.stop(2);
  assert.deepEqual(world.reports.at(-1), { type: "playback.stopped", reply_id: 2, heard_chars: 11 + "The second is".length });
});

test("a voice that keeps failing is replaced by text that stands", () => {
  const world = setUp();
  world.playback.begin(1);
  world.playback.sentence(1, 0, "Hello.");
  world.voice.callbacks.onFail();
  assert.deepEqual(world.voice.spoken, ["Hello.", "Hello."]);
  world.voice.callbacks.onFail();
  assert.deepEqual(world.silent.spoken, ["Hello."]);
  world.silent.callbacks.onStart();
  assert.equal(world.playing.at(-1), true);
  assert.deepEqual(world.types(), ["playback.started"]);
});

test("an end that the server did not hear of is told again", () => {
  const world = setUp();
  world.playback.begin(3);
  world.playback.sentence(3, 0, "Hello.");
  world.playback.whole(3);
  world.voice.callbacks.onStart();
  world.voice.callbacks.onEnd();
  world.playback.rejoin({ reply_id: 3, sentences: ["Hello."], finished: true });
  assert.deepEqual(world.types(), ["playback.started", "playback.finished", "playback.finished"]);
});

test("a reply that ended as the pause came is told again when it goes on", () => {
  const { playback, voice, reports } = setUp();
  playback.begin(4);
  playback.sentence(4, 0, "One.");
  playback.whole(4);
  voice.callbacks.onStart();
  voice.callbacks.onEnd();
  reports.length = 0;
  playback.pause();
  playback.resume();
  assert.deepEqual(reports, []);
  playback.resume(4);
  assert.deepEqual(reports, [{ type: "playback.finished", reply_id: 4 }]);
  assert.deepEqual(voice.spoken, ["One."]);
});

test("after a reload the unfinished reply is said from its beginning", () => {
  const world = setUp();
  world.playback.rejoin({ reply_id: 9, sentences: ["One.", "Two."], finished: true });
  assert.deepEqual(world.voice.spoken, ["One."]);
});

test("after a reload during a pause the reply is ready, and is said when it goes on", () => {
  const { playback, voice } = setUp();
  playback.rejoin({ reply_id: 9, sentences: ["One."], finished: true }, { isPaused: true });
  assert.deepEqual(voice.spoken, []);
  playback.resume();
  assert.deepEqual(voice.spoken, ["One."]);
});

test("a withdrawn reply falls silent without a report", () => {
  const world = setUp();
  world.playback.begin(1);
  world.playback.sentence(1, 0, "Hello.");
  world.playback.drop(1);
  assert.equal(world.voice.callbacks, null);
  assert.deepEqual(world.reports, []);
});

test("local voices of the language come first", () => {
  const voice = (lang, localService, isDefault = false) => ({ lang, localService, default: isDefault });
  const voices = [voice("de-DE", true), voice("en-US", false, true), voice("en_GB", true)];
  assert.equal(chooseVoice(voices, "en").lang, "en_GB");
  assert.equal(chooseVoice(voices, "fr"), null);
});

test("reading takes time, and heard words are whole", () => {
  assert.equal(readingMs("x".repeat(140)), 10000);
  assert.equal(readingMs("x".repeat(140), 0.5), 20000);
  assert.equal(heardChars("one two three", 500), 7);
  assert.equal(heardChars("one two three", 60000), 13);
});
