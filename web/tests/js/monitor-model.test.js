import assert from "node:assert/strict";
import { test } from "node:test";

import { EMPTY, elapsedMs, leftMs, reduce } from "../../static/web/monitor/model.js";

const START = Date.parse("2026-11-21T10:00:00Z");
const at = (seconds) => new Date(START + seconds * 1000).toISOString();
const SNAPSHOT = {
  type: "monitor.snapshot", session: {}, state: "listening", question: { number: 1, total: 3, text: "Why?" }, turns: [],
  participants: [], notes: [{ text: "good", by: "Dana", at_ms: 100 }], consent: null, seq: 6, time_left_ms: 60000, drops: 1, is_connected: true,
};
const LOG = [
  { type: "state.changed", seq: 1, at: at(0), state: "interviewer_speaking" },
  { type: "reply.started", seq: 2, at: at(0), reply_id: 1, kind: "greeting", by: "ai" },
  { type: "sentence.sent", seq: 3, at: at(1), reply_id: 1, index: 0, text: "Why?" },
  { type: "candidate.left", seq: 4, at: at(5) },
  { type: "note.added", seq: 5, at: at(6), text: "good", by: "Dana", at_ms: 100 },
  { type: "state.changed", seq: 6, at: at(10), state: "listening" },
];
const fold = (...messages) => messages.reduce((model, message) => reduce(model, message, START + 20000), EMPTY);

test("the log tells the whole talk, without changing what the snapshot knows already", () => {
  const model = fold(SNAPSHOT, ...LOG);
  assert.deepEqual(model.talk.map((line) => [line.side, line.text, line.atMs]), [
    ["interviewer", "Why?", 0],
    ["fact", "The line to the candidate was lost.", 5000],
  ]);
  assert.equal(model.drops, 1);
  assert.equal(model.notes.length, 1);
  assert.equal(model.isConnected, true);
  assert.equal(model.seq, 6);
});

test("the interview's clock stands still while paused", () => {
  const paused = reduce(fold(SNAPSHOT, ...LOG), { type: "state.changed", seq: 7, at: at(30), state: "paused" }, START + 30000);
  assert.equal(elapsedMs(paused, START + 90000), 30000);
  assert.equal(leftMs(paused, START + 90000), 50000);
});

test("finals take the place of what was only guessed, and carry how sure they are", () => {
  const model = fold(SNAPSHOT, { type: "transcript.partial", turn_id: 1, text: "Be" }, {
    type: "transcript.final", seq: 7, at: at(12), turn_id: 1, utterance_id: 1, text: "Because.", start_ms: 11000, end_ms: 12000, confidence: 0.42,
  });
  assert.equal(model.partial, "");
  assert.deepEqual(model.talk.at(-1), { key: "heard-1-1", side: "candidate", text: "Because.", confidence: 0.42, atMs: 11000 });
});

test("a withdrawn reply was never said", () => {
  const model = fold(SNAPSHOT, ...LOG, { type: "reply.withdrawn", seq: 7, at: at(11), reply_id: 1 });
  assert.ok(model.talk.every((line) => line.side !== "interviewer"));
});
