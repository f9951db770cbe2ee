import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder, isTrouble, latencyWords, leftMs, narrowed, networkWords, stateWords, struggleWords } from "../../static/web/monitor/health.js";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const ago = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const card = (fields) => ({
  id: 1, title: "First interview", role: "Backend engineer", state: "listening", state_since_at: ago(3), away_since_at: null, is_connected: true,
  drops: 0, backlog_ms: 0, latency_ms: null, struggle: {}, trouble: 0, time_left_ms: 60000, ends_at: null, owner_id: 7, ...fields,
});

test("the worst stands first, then the newest", () => {
  const cards = [card({ id: 1 }), card({ id: 2, trouble: 100 }), card({ id: 3 }), card({ id: 4, trouble: 40 })];
  assert.deepEqual(inOrder(cards, NOW).map((one) => one.id), [2, 4, 3, 1]);
});

test("an interviewer that finds no words comes up by itself", () => {
  const stuck = card({ id: 1, state: "thinking", state_since_at: ago(6) });
  assert.deepEqual(inOrder([card({ id: 2 }), stuck], NOW).map((one) => one.id), [1, 2]);
  assert.equal(isTrouble(stuck, NOW), true);
  assert.equal(isTrouble(card({ state: "thinking", state_since_at: ago(2) }), NOW), false);
});

test("a state says since when", () => {
  assert.equal(stateWords(card({ state: "thinking", state_since_at: ago(4) }), NOW), "thinking 4 s");
  assert.equal(stateWords(card({ state: "paused", state_since_at: ago(300) }), NOW), "paused 5 min");
  assert.equal(stateWords(card({ state_since_at: null }), NOW), "listening");
});

test("a lost line is what counts, from when it was lost; before the beginning it is none", () => {
  const lost = card({ is_connected: false, away_since_at: ago(6), state_since_at: ago(60) });
  assert.equal(stateWords(lost, NOW), "reconnecting 6 s");
  assert.equal(isTrouble(lost, NOW), true);
  assert.equal(stateWords(card({ is_connected: false, state: "waiting", state_since_at: null }), NOW), "getting ready");
});

test("facts are counted, and nothing is made of them", () => {
  assert.equal(struggleWords(card({ struggle: { skips: 2, silences: 1, repeats: 0, helps: 0, asked_again: 0, unheard: 1 } })), "2 skipped, 1 long silence, 1 not recognised");
  assert.equal(struggleWords(card({})), "");
  assert.equal(networkWords(card({ drops: 1, backlog_ms: 4200 })), "4 s behind, 1 drop");
  assert.equal(networkWords(card({})), "steady line");
  assert.equal(latencyWords(card({ latency_ms: 940 })), "replied after 0.9 s");
  assert.equal(latencyWords(card({ latency_ms: 2600 })), "replied after 2.6 s, slow");
});

test("what is left runs only while the clock does", () => {
  assert.equal(leftMs(card({ ends_at: new Date(NOW + 5000).toISOString() }), NOW), 5000);
  assert.equal(leftMs(card({}), NOW), 60000);
});

test("the list is narrowed by job and to one's own", () => {
  const cards = [card({ id: 1 }), card({ id: 2, role: "", title: "Nurse" }), card({ id: 3, owner_id: null })];
  const ids = (only) => narrowed(cards, only).map((one) => one.id);
  assert.deepEqual(ids({ role: "Nurse" }), [2]);
  assert.deepEqual(ids({ owner: 7 }), [1, 2]);
  assert.deepEqual(ids({}), [1, 2, 3]);
});
