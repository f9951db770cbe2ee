import assert from "node:assert/strict";
import { test } from "node:test";

import { factOf } from "../../static/web/monitor/facts.js";
import { consentWords, networkWords, stateWords } from "../../static/web/monitor/figures-view.js";
import { holderOf } from "../../static/web/monitor/deck.js";
import { linkWords } from "../../static/web/monitor/link.js";
import { listenWords } from "../../static/web/monitor/listen-view.js";
import { standingWords } from "../../static/web/monitor/ratings.js";
import { personLine } from "../../static/web/monitor/side-view.js";
import { speaker } from "../../static/web/monitor/talk-view.js";

test("how the page's own line ended is told apart", () => {
  assert.match(linkWords({ state: "stopped", code: 4401 }), /signed in/);
  assert.match(linkWords({ state: "stopped", code: 4403 }), /no longer watch/);
  assert.match(linkWords({ state: "stopped", code: 4404 }), /does not exist/);
  assert.match(linkWords({ state: "stopped", code: 4400 }), /Reload/);
  assert.equal(linkWords({ state: "full", afterMs: 10000 }), "The server is busy. Trying again in 10 s…");
  assert.equal(linkWords({ state: "open" }), "Live");
});

test("why nobody can listen is said", () => {
  assert.match(listenWords({ hears: false, consent: null }, false), /not decided/);
  assert.match(listenWords({ hears: false, consent: { listening: false } }, false), /not agreed/);
  assert.match(listenWords({ hears: true, consent: {} }, false), /is told/);
  assert.match(listenWords({ isOver: true, hears: true }, false), /over/);
});

test("a line that was lost says for how long", () => {
  const one = { isConnected: false, awaySince: 1000, drops: 2, backlogMs: 0 };
  assert.equal(networkWords(one, 7500), "away 6 s, 2 drops");
  assert.equal(networkWords({ ...one, isConnected: true, drops: 0 }, 7500), "steady");
  assert.equal(networkWords({ ...one, isConnected: null }, 7500), "–");
  assert.equal(stateWords({ state: "thinking", stateSince: 0 }, 4200), "thinking 4 s");
});

test("consent is told as it was given", () => {
  assert.equal(consentWords({ ai_evaluation: true, recording: false, listening: true }), "evaluation, no recording, listening");
});

test("only what is logged becomes a fact, once", () => {
  assert.equal(factOf({ type: "candidate.left" }), "");
  assert.equal(factOf({ type: "offer.made", seq: 3, by: "ai", offer: "break" }), "The interviewer offered a break.");
  assert.equal(factOf({ type: "command.applied", seq: 4, by: "Dana", kind: "note.add" }), "");
  assert.equal(factOf({ type: "audio.missing", seq: 5, from: 0, to: 24000 }), "1.5 s of sound were lost on the way.");
});

test("who speaks, who listens and who reads along is said", () => {
  assert.equal(personLine({ name: "Dana", role: "recruiter", listening: true }, false), "Dana (recruiter), listens");
  assert.equal(personLine({ name: "Dana", role: "", listening: false }, true), "Dana, speaks with the candidate");
  assert.equal(speaker({ side: "interviewer", by: "Dana" }), "Dana");
  assert.equal(speaker({ side: "interviewer", by: "ai" }), "AI interviewer");
});

test("a score stands there only beside one's own", () => {
  assert.equal(standingWords(undefined, { anchor: 4 }), "sealed");
  assert.equal(standingWords({ score: 3 }, undefined), "you 3");
  assert.equal(standingWords({ score: 3 }, { anchor: 4 }), "you 3 · AI 4");
});

test("a deck is free, mine or another's", () => {
  assert.equal(holderOf({ takeover: null }), "free");
  assert.equal(holderOf({ takeover: { isMine: false } }), "other");
  assert.equal(holderOf({ takeover: { isMine: true } }), "mine");
});
