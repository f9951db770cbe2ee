import assert from "node:assert/strict";
import { test } from "node:test";

import { clipAt, clock, nextOfAnswer, wordAt } from "../../static/web/review/clips.js";

const CLIPS = [
  { of: 1, from: 2000, to: 5000, words: [{ from: 2000 }, { from: 2400 }, { from: 4000 }] },
  { of: 1, from: 9000, to: 12000, words: [] },
  { of: 2, from: 20000, to: 30000, words: [] },
];

test("a moment belongs to the clip that holds it, else to the one before", () => {
  assert.equal(clipAt(CLIPS, 3000), CLIPS[0]);
  assert.equal(clipAt(CLIPS, 6000), CLIPS[0]);
  assert.equal(clipAt(CLIPS, 0), CLIPS[0]);
  assert.equal(clipAt(CLIPS, 3000, 2), CLIPS[2]);
  assert.equal(clipAt([], 3000), null);
});

test("an answer goes on in its next turn, and ends with its last", () => {
  assert.equal(nextOfAnswer(CLIPS, CLIPS[0]), CLIPS[1]);
  assert.equal(nextOfAnswer(CLIPS, CLIPS[1]), null);
  assert.equal(nextOfAnswer(CLIPS, CLIPS[2]), null);
});

test("the word that is said is the last that has begun", () => {
  assert.equal(wordAt(CLIPS[0], 1999), null);
  assert.equal(wordAt(CLIPS[0], 2000), CLIPS[0].words[0]);
  assert.equal(wordAt(CLIPS[0], 3999), CLIPS[0].words[1]);
  assert.equal(wordAt(CLIPS[0], 99999), CLIPS[0].words[2]);
});

test("times are written as the report writes them", () => {
  assert.deepEqual([0, 65_400, 3_725_000].map(clock), ["00:00", "01:05", "1:02:05"]);
});
