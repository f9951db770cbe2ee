import assert from "node:assert/strict";
import { test } from "node:test";

import { EMPTY, reduce, replyText, timeLeftMs } from "../../static/web/room/model.js";
import { byLine, presence, presentLine, presentLines } from "../../static/web/room/words.js";

const SNAPSHOT = {
  type: "session.snapshot",
  session: { organisation: "Acme" },
  state: "listening",
  question: { number: 2, total: 5, text: "Why?", kind: "technical" },
  turns: [],
  reply: null,
  consent: null,
  seq: 20,
  settings: { time_left_ms: 60000, participants: [{ ref: "d-1", name: "Dana", role: "recruiter", listening: false }] },
};

function fold(...messages) {
  return messages.reduce((model, message) => reduce(model, message, 1000), EMPTY);
}

function final(seq, turn, id, text) {
  return { type: "transcript.final", seq, turn_id: turn, utterance_id: id, text };
}

test("after a reload only what was heard is taken from the repeated log", () => {
  const model = fold(
    SNAPSHOT,
    { type: "state.changed", seq: 3, state: "thinking" },
    { type: "question.started", seq: 4, number: 1, total: 5, text: "Old?" },
    final(12, 3, 1, "We moved"),
    final(13, 3, 2, "the data."),
  );
  assert.equal(model.state, "listening");
  assert.equal(model.question.text, "Why?");
  assert.deepEqual(model.finals.map((one) => one.text), ["We moved", "the data."]);
  assert.equal(model.seq, 13);
});

test("a snapshot number is no event that was seen: what it covers is asked for again", () => {
  assert.equal(fold(SNAPSHOT).seq, 0);
});

test("a snapshot without anything new is not passed over", () => {
  const model = fold(SNAPSHOT, { ...SNAPSHOT, state: "paused" });
  assert.equal(model.state, "paused");
});

test("a new turn begins with an empty caption, the same utterance stands once", () => {
  const model = fold(SNAPSHOT, final(21, 1, 1, "old"), final(22, 2, 2, "new"), final(22, 2, 2, "new"));
  assert.deepEqual(model.finals, [{ id: 2, text: "new" }]);
});

test("time stands still while paused", () => {
  const running = fold(SNAPSHOT);
  assert.equal(timeLeftMs(running, 11000), 50000);
  const paused = reduce(running, { type: "state.changed", seq: 21, state: "paused" }, 11000);
  assert.equal(timeLeftMs(paused, 90000), 50000);
  const again = reduce(paused, { type: "state.changed", seq: 22, state: "listening" }, 90000);
  assert.equal(timeLeftMs(again, 91000), 49000);
});

test("a question that somebody puts in is counted at once", () => {
  const more = { type: "settings.changed", seq: 21, patience: null, time_left_ms: null, captions: null, total_questions: 6 };
  const model = fold(SNAPSHOT, more);
  assert.deepEqual(model.question, { ...SNAPSHOT.question, total: 6 });
  assert.deepEqual(model.timeLeft, { ms: 60000, at: 1000 });
  const later = reduce(model, { type: "settings.changed", seq: 22, time_left_ms: 90000, total_questions: null }, 2000);
  assert.deepEqual([later.question.total, later.timeLeft.ms], [6, 90000]);
  assert.equal(fold({ ...SNAPSHOT, question: null }, more).question, null);
});

test("a reply that only asks does not stand beside the question it asked", () => {
  const started = { type: "reply.started", seq: 21, reply_id: 1, kind: "question", by: "ai" };
  const speaking = { type: "state.changed", seq: 22, state: "interviewer_speaking" };
  const said = { type: "reply.sentence", reply_id: 1, index: 0, text: "Thank you. Why?" };
  const model = fold(SNAPSHOT, started, speaking, said);
  assert.equal(replyText(model), "Thank you.");
  assert.equal(replyText(reduce(model, { type: "state.changed", seq: 23, state: "listening" }, 0)), "");
});

test("a follow-up stays until the next reply", () => {
  const model = fold(
    SNAPSHOT,
    { type: "reply.started", seq: 21, reply_id: 1, kind: "follow_up", by: "ai" },
    { type: "reply.sentence", reply_id: 1, index: 0, text: "And the cost?" },
    { type: "state.changed", seq: 22, state: "listening" },
  );
  assert.equal(replyText(model), "And the cost?");
});

test("who joins is named with what they can do, and goes again", () => {
  const joined = fold(SNAPSHOT, { type: "participant.joined", seq: 21, name: "Zoë", role: "observer", listening: true });
  assert.deepEqual(joined.present.map((one) => presentLine(one, "Acme")), [
    "Dana from Acme is here and can read along.",
    "Zoë from Acme is here and is listening.",
  ]);
  const left = reduce(joined, { type: "participant.left", seq: 22, name: "Zoë", role: "observer" }, 0);
  assert.deepEqual(left.present.map((one) => one.name), ["Dana"]);
});

test("the light says in words what it shows", () => {
  const model = reduce(fold(SNAPSHOT), { type: "page.link", state: "open" }, 0);
  assert.deepEqual(presence(model), { light: "listening", words: "I'm listening. Take your time." });
  assert.equal(presence(model, { isMuted: true }).words, "Your microphone is muted.");
  assert.equal(presence({ ...model, isHeld: true }).words, "Take your time. I'll wait.");
  const ending = reduce(model, { type: "page.ending" }, 0);
  assert.equal(presence(ending).words, "One moment. Your last words are being written down.");
  const over = { type: "state.changed", seq: 90, state: "ended" };
  const ended = { type: "session.ended", seq: 91, reason: "ended_by_candidate", report_url: "" };
  assert.equal(presence(reduce(reduce(ending, ended, 0), over, 0)).words, "The interview is over.");
  assert.equal(presence({ ...model, link: "lost" }).words, "We lost the line for a moment. Nothing you said is lost.");
});

test("who speaks in the interviewer's place is named as long as they do, and until it goes on", () => {
  const taken = fold(
    { ...SNAPSHOT, settings: { ...SNAPSHOT.settings, participants: [] } },
    { type: "takeover.started", seq: 21, by: "Dana", ref: "d-1" },
    { type: "state.changed", seq: 22, state: "taken_over" },
    { type: "page.link", state: "open" },
  );
  assert.deepEqual(presentLines(taken), ["Dana from Acme is speaking with you now, instead of the AI interviewer."]);
  const here = { type: "participant.joined", seq: 23, role: "recruiter", name: "Dana", ref: "d-1", listening: false };
  const said = presentLines(taken);
  assert.deepEqual(presentLines(reduce(taken, here, 0)), said, "told once");
  assert.equal(presentLines(reduce(taken, { ...here, listening: true }, 0)).length, said.length + 1, "that is told, too");
  assert.equal(presence(taken).words, "Dana reads what you say. Just speak.", "nobody is said to hear who doesn't");
  assert.equal(presence(reduce(taken, { ...here, listening: true }, 0)).words, "Dana hears you. Just speak.");
  const playing = reduce(taken, { type: "page.playing", isPlaying: true }, 0);
  assert.deepEqual(presence(playing), { light: "interviewer_speaking", words: "Dana is speaking." });
  const back = [
    { type: "takeover.ended", seq: 23, by: "Dana", ref: "d-1", reason: "handed_back" },
    { type: "state.changed", seq: 24, state: "thinking" },
  ].reduce((model, message) => reduce(model, message, 0), taken);
  assert.deepEqual(presentLines(back), ["Dana from Acme has given the word back. The AI interviewer goes on."]);
  assert.deepEqual(presentLines(reduce(back, { type: "state.changed", seq: 25, state: "listening" }, 0)), []);
});

test("who watches from two windows stays here, and listening, when one of them is gone", () => {
  const dana = { role: "recruiter", name: "Dana" };
  const again = fold(SNAPSHOT, { type: "participant.joined", seq: 21, ...dana, ref: "d-2", listening: true });
  assert.deepEqual(presentLines(again), ["Dana from Acme is here and is listening."]);
  const gone = fold(SNAPSHOT, { type: "participant.joined", seq: 21, ...dana, ref: "d-2", listening: true }, { type: "participant.left", seq: 22, ...dana, ref: "d-1" });
  assert.deepEqual(presentLines(gone), ["Dana from Acme is here and is listening."]);
});

test("a page that is opened in the middle knows who speaks with the candidate", () => {
  const settings = { ...SNAPSHOT.settings, participants: [], takeover: { by: "Dana", ref: "d-1" } };
  assert.equal(fold({ ...SNAPSHOT, state: "taken_over", settings }).takeover.by, "Dana");
});

test("what a person is saying stands there as it grows, until its words are known", () => {
  const spoken = { type: "reply.started", seq: 21, reply_id: 4, kind: "person", by: "Dana", spoken: true };
  const growing = fold(SNAPSHOT, spoken, { type: "reply.partial", reply_id: 4, text: "Hello th", stable_chars: 5 });
  assert.equal(growing.reply.partial, "Hello th");
  assert.equal(replyText(growing), "");
  const known = reduce(growing, { type: "reply.sentence", reply_id: 4, index: 0, text: "Hello there." }, 0);
  assert.deepEqual([replyText(known), known.reply.partial], ["Hello there.", ""]);
  const more = reduce(known, { type: "reply.partial", reply_id: 4, text: "How", stable_chars: 0 }, 0);
  assert.equal(reduce(more, { type: "reply.finished", seq: 22, reply_id: 4, text: "Hello there." }, 0).reply.partial, "");
  assert.equal(reduce(more, { type: "reply.partial", reply_id: 3, text: "late", stable_chars: 0 }, 0), more);
});

test("it is said who asks", () => {
  assert.equal(byLine({ by: "ai", kind: "question" }), "");
  assert.equal(byLine({ by: "Dana", kind: "said" }), "Dana:", "what is said word for word need not be a question");
  assert.equal(byLine({ by: "Dana", kind: "person" }), "Dana:");
  assert.equal(byLine(null), "");
});
