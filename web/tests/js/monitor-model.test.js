import assert from "node:assert/strict";
import { test } from "node:test";

import { asMine, EMPTY, elapsedMs, leftMs, reduce } from "../../static/web/monitor/model.js";

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

const PLAN = [
  { number: 1, text: "Why?", kind: "technical", asked: true, points: [{ text: "a", covered: false }, { text: "b", covered: true }] },
  { number: 2, text: "How?", kind: "technical", asked: false, points: [] },
];
const after = (model, ...messages) => messages.reduce((one, message) => reduce(one, message, START + 20000), model);
const WATCHED = { ...SNAPSHOT, plan: PLAN, hears: true, participants: [{ ref: "r1", role: "recruiter", name: "Dana", listening: false }] };

test("coverage comes beside the log and changes its own question only", () => {
  const model = fold(WATCHED, { type: "coverage", number: 1, covered: [0] });
  assert.deepEqual(model.plan[0].points.map((point) => point.covered), [true, false]);
  assert.equal(model.plan[1], PLAN[1]);
});

test("what people put in stands behind the current question, in the order it came", () => {
  const put = (seq, text) => ({ type: "question.queued", seq, at: at(12), by: "Dana", question: { text, kind: "technical" } });
  const model = fold(WATCHED, put(7, "First?"), put(8, "Second?"));
  assert.deepEqual(model.plan.map((one) => [one.number, one.text]), [[1, "Why?"], [2, "First?"], [3, "Second?"], [4, "How?"]]);
  assert.equal(model.talk.at(-1).text, "Dana put in: Second?");
});

test("a question that is put in is counted at once, as the candidate's page counts it", () => {
  const more = (seq) => ({ type: "settings.changed", seq, at: at(12), time_left_ms: null, total_questions: 4 });
  assert.equal(fold(WATCHED, more(7)).question.total, 4);
  assert.equal(fold(WATCHED, more(6)).question.total, 3, "the snapshot knows it already");
});

test("a question that begins is asked, and so are those before it", () => {
  const model = fold(WATCHED, { type: "question.started", seq: 7, at: at(12), number: 2, total: 2, text: "How?", kind: "technical" });
  assert.deepEqual(model.plan.map((one) => one.asked), [true, true]);
});

test("a take-over is somebody's, and mine only when my own wish was granted", () => {
  const taken = fold(WATCHED, { type: "takeover.started", seq: 7, at: at(12), by: "Dana", ref: "r1" });
  assert.deepEqual(taken.takeover, { by: "Dana", ref: "r1", isMine: false });
  assert.equal(asMine(taken).takeover.isMine, true);
  const back = after(asMine(taken), { type: "takeover.ended", seq: 8, at: at(13), by: "Dana", ref: "r1", reason: "handed_back" });
  assert.equal(back.takeover, null);
  assert.deepEqual(back.talk.slice(-2).map((line) => line.text), ["Dana took over.", "Dana handed back."]);
});

test("one's own take-over goes on from one's next presence, and another's is none", () => {
  const mine = fold({ ...WATCHED, takeover: { by: "Dana", ref: "ab12-1", is_mine: true } });
  const again = (ref, seq) => ({ type: "takeover.started", seq, at: at(14), by: "Dana", ref });
  assert.equal(after(mine, again("ab12-2", 7)).takeover.isMine, true);
  assert.equal(after(mine, again("cd34-1", 7)).takeover.isMine, false);
});

test("a replay of what the snapshot knows takes nobody over again", () => {
  const model = fold({ ...WATCHED, seq: 9, takeover: null }, { type: "takeover.started", seq: 7, at: at(2), by: "Dana", ref: "r1" });
  assert.equal(model.takeover, null);
  assert.equal(model.talk.at(-1).text, "Dana took over.");
});

test("after a lost line the server says whose the take-over is", () => {
  assert.equal(fold({ ...WATCHED, takeover: { by: "Dana", ref: "r1", is_mine: true } }).takeover.isMine, true);
});

test("a whisper is marked as one that the candidate never sees", () => {
  const line = fold(WATCHED, { type: "whisper.given", seq: 7, at: at(12), text: "Ask about queues", by: "Dana" }).talk.at(-1);
  assert.equal(line.text, "Dana whispered to the interviewer: Ask about queues");
  assert.equal(line.isPrivate, true);
});

test("a person's spoken reply stands there before its words are known", () => {
  const begun = fold(WATCHED, { type: "reply.started", seq: 7, at: at(12), reply_id: 4, kind: "person", by: "Dana", spoken: true });
  assert.equal(begun.talk.at(-1).isSpoken, true);
  const known = after(begun, { type: "reply.sentence", reply_id: 4, index: 0, text: "Hello Zoë." }, { type: "reply.finished", seq: 8, at: at(14), reply_id: 4, text: "" });
  assert.equal(known.talk.at(-1).text, "Hello Zoë.");
});

test("what a person is saying is shown as it grows, until its words are known", () => {
  const spoken = { type: "reply.started", seq: 7, at: at(12), reply_id: 4, kind: "person", by: "Dana", spoken: true };
  const growing = fold(WATCHED, spoken, { type: "reply.partial", reply_id: 4, text: "Hello Z", stable_chars: 6 });
  assert.deepEqual([growing.talk.at(-1).partial, growing.talk.at(-1).text], ["Hello Z", ""]);
  const known = after(growing, { type: "sentence.sent", seq: 8, at: at(13), reply_id: 4, index: 0, text: "Hello Zoë." });
  assert.deepEqual([known.talk.at(-1).partial, known.talk.at(-1).text], ["", "Hello Zoë."]);
  const over = after(known, { type: "reply.partial", reply_id: 4, text: "Uh", stable_chars: 0 }, { type: "reply.finished", seq: 9, at: at(14), reply_id: 4, text: "Hello Zoë." });
  assert.equal(over.talk.at(-1).partial, "");
});

test("the same sentence from log and lossy lane stands there once", () => {
  const begun = fold(WATCHED, { type: "reply.started", seq: 7, at: at(12), reply_id: 4, kind: "question", by: "ai" });
  const said = after(begun, { type: "reply.sentence", reply_id: 4, index: 0, text: "Why?" }, { type: "sentence.sent", seq: 8, at: at(13), reply_id: 4, index: 0, text: "Why?" });
  assert.equal(said.talk.at(-1).text, "Why?");
});

test("an answer makes its question one that can be rated; a skip does not", () => {
  const ended = (seq, question, intent, text) => ({ type: "turn.ended", seq, at: at(15), turn_id: seq, text, reason: "endpoint", question, intent });
  const model = fold(WATCHED, ended(7, 2, "", "Like so."), ended(8, 1, "skip", ""), ended(9, 2, "", "And so."), ended(10, 0, "", "Hello"));
  assert.deepEqual(model.answered, [2]);
});

test("the last ten waits are kept, one for each turn", () => {
  const waits = Array.from({ length: 12 }, (_, index) => ({ type: "latency", turn_id: index, endpoint: 700, transcribe: 60, total: 900 + index }));
  const model = fold(WATCHED, ...waits, { type: "latency", turn_id: 11, endpoint: 700, transcribe: 60, total: 1 });
  assert.equal(model.latencies.length, 10);
  assert.deepEqual(model.latencies.at(-1), { turn: 11, endpoint: 700, transcribe: 60, total: 1 });
});

test("consent that is withdrawn ends listening here as well", () => {
  const consent = { notice_version: "1", ai_evaluation: true, recording: true, listening: false };
  assert.equal(fold(WATCHED, { type: "consent.changed", seq: 7, at: at(12), ...consent }).hears, false);
});

test("who is away is away since the line was lost", () => {
  const away = fold(WATCHED, { type: "candidate.left", seq: 7, at: at(15) });
  assert.equal(away.awaySince, START + 15000);
  assert.equal(after(away, { type: "candidate.connected", seq: 8, at: at(18), is_return: true }).awaySince, null);
});
