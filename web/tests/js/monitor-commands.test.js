import assert from "node:assert/strict";
import { test } from "node:test";

import { Commands, doneWords } from "../../static/web/monitor/commands.js";

function desk({ isLinked = true } = {}) {
  const one = { sent: [], told: [], isLinked };
  let number = 0;
  one.commands = new Commands({
    send: (message) => one.isLinked && one.sent.push(message) > 0,
    tell: (kind, text) => one.told.push([kind, text]),
    makeId: () => `c${(number += 1)}`,
  });
  return one;
}

test("a command is sent with a number of its own and its outcome told in words", () => {
  const { commands, sent, told } = desk();
  let isDone = false;
  commands.give("whisper", { text: "Queues" }, { onDone: () => (isDone = true) });
  assert.deepEqual(sent, [{ type: "whisper", command_id: "c1", text: "Queues" }]);
  assert.equal(commands.hear({ type: "command.done", command_id: "c1" }), true);
  assert.equal(isDone, true);
  assert.deepEqual(told.at(-1), ["done", "The interviewer takes it into account. The candidate sees nothing of it."]);
});

test("a refusal is told as the server words it, and nothing counts as done", () => {
  const { commands, told } = desk();
  let outcome = "";
  commands.give("say", { text: "Hi" }, { onDone: () => (outcome = "done"), onRejected: () => (outcome = "rejected") });
  commands.hear({ type: "command.rejected", command_id: "c1", code: "paused", message: "It is paused." });
  assert.equal(outcome, "rejected");
  assert.deepEqual(told.at(-1), ["rejected", "It is paused."]);
});

test("without a line nothing is promised", () => {
  const { commands, told } = desk({ isLinked: false });
  assert.equal(commands.give("session.pause"), false);
  assert.equal(told.at(-1)[0], "rejected");
  assert.equal(commands.waiting.size, 0);
});

test("after a lost line the same command is said again, but not what belonged to that line alone", () => {
  const { commands, sent } = desk();
  let wasDropped = false;
  commands.give("question.skip");
  commands.give("listen.start", {}, { onRejected: () => (wasDropped = true) });
  commands.again();
  assert.deepEqual(sent.map((one) => one.command_id), ["c1", "c2", "c1"]);
  assert.equal(wasDropped, true);
  assert.equal(commands.isWaitingFor("listen.start"), false);
  assert.equal(commands.isWaitingFor("question.skip"), true);
});

test("words that are on their way are known, so that pressing twice sends them once", () => {
  const { commands } = desk();
  commands.give("whisper", { text: "Queues" });
  assert.equal(commands.isWaitingFor("whisper", "Queues"), true);
  assert.equal(commands.isWaitingFor("whisper", "Caches"), false, "other words are another command");
  assert.equal(commands.isWaitingFor("say", "Queues"), false);
  commands.hear({ type: "command.done", command_id: "c1" });
  assert.equal(commands.isWaitingFor("whisper", "Queues"), false);
});

test("what waits is said to wait, and is still answered", () => {
  const { commands, told } = desk();
  commands.give("time.extend", { minutes: 5 });
  commands.hear({ type: "command.queued", command_id: "c1" });
  assert.equal(told.at(-1)[0], "queued");
  commands.hear({ type: "command.done", command_id: "c1" });
  assert.deepEqual(told.at(-1), ["done", "Five minutes are added."]);
});

test("where the server has more to say, that is what is told", () => {
  const { commands, told } = desk();
  commands.give("whisper", { text: "Queues" });
  commands.hear({ type: "command.done", command_id: "c1", message: "Nobody here can follow advice." });
  assert.deepEqual(told.at(-1), ["done", "Nobody here can follow advice."]);
});

test("an event that names the command is no answer to it", () => {
  const { commands } = desk();
  commands.give("note.add", { text: "Calm" });
  assert.equal(commands.hear({ type: "note.added", command_id: "c1", text: "Calm" }), false);
  assert.equal(commands.hear({ type: "command.applied", command_id: "c1", kind: "note.add" }), false);
  assert.equal(commands.isWaitingFor("note.add"), true);
});

test("others' answers are none of ours", () => {
  assert.equal(desk().commands.hear({ type: "command.done", command_id: "elsewhere" }), false);
});

test("an offer says which", () => {
  assert.equal(doneWords({ type: "offer.make", offer: "break" }), "A break is offered.");
});
