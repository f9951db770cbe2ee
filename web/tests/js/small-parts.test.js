import assert from "node:assert/strict";
import { test } from "node:test";

import { minutes } from "../../static/web/page/clock.js";
import { accommodations, consentMessage, formValues } from "../../static/web/room/consent.js";
import { actionOf } from "../../static/web/room/keys.js";
import { judgeEcho } from "../../static/web/sound/echo.js";
import { decibels, loudness } from "../../static/web/sound/level.js";
import { waitMs } from "../../static/web/wire/backoff.js";
import { verdictOf } from "../../static/web/wire/closing.js";

test("coming back is quick at first, then patient, never in step", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 9].map((attempt) => waitMs(attempt, 0)), [0, 300, 1200, 2700, 4800, 7000, 7000]);
  assert.ok(waitMs(5, 0.99) > 9000);
  assert.ok(waitMs(0, 0.5) > 0);
});

test("every close code has its meaning", () => {
  assert.deepEqual(verdictOf(4012), { kind: "again" });
  assert.deepEqual(verdictOf(1006), { kind: "again" });
  assert.deepEqual(verdictOf(4408), { kind: "again" });
  assert.deepEqual(verdictOf(4409), { kind: "stop", view: "elsewhere" });
  assert.deepEqual(verdictOf(4410), { kind: "stop", view: "over" });
  assert.deepEqual(verdictOf(4401), { kind: "stop", view: "shut" });
  assert.deepEqual(verdictOf(4429, '{"code":"overloaded","retry_after_s":30}'), { kind: "full", afterMs: 30000 });
  assert.deepEqual(verdictOf(4429, "reading too slowly"), { kind: "full", afterMs: 10000 });
});

const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const nowhere = () => false;

test("single keys act as buttons, and can be switched off", () => {
  assert.equal(actionOf(press(" "), nowhere, true), "primary");
  assert.equal(actionOf(press("H"), nowhere, true), "hold");
  assert.equal(actionOf(press("h"), nowhere, false), null);
  assert.equal(actionOf(press("Escape"), nowhere, false), "end");
});

test("single keys never act in fields, on focused controls or with others", () => {
  const inField = (selector) => selector.includes("textarea");
  const onButton = (selector) => selector.includes("button");
  assert.equal(actionOf(press("t"), inField, true), null);
  assert.equal(actionOf(press("Escape"), inField, true), null);
  assert.equal(actionOf(press(" "), onButton, true), null);
  assert.equal(actionOf(press("r", { ctrlKey: true }), nowhere, true), null);
  assert.equal(actionOf(press("m", { repeat: true }), nowhere, true), null);
});

test("an echo is a voice that comes back, not a noise that was there", () => {
  const quiet = Array(20).fill(-58);
  assert.equal(judgeEcho(quiet, Array(40).fill(-30)), "echo");
  assert.equal(judgeEcho(quiet, [...Array(36).fill(-57), -20, -20, -20, -20]), "clean");
  assert.equal(judgeEcho(Array(20).fill(-35), Array(40).fill(-34)), "clean");
  assert.equal(judgeEcho([], []), "unclear");
});

test("levels run from silence to full", () => {
  assert.equal(loudness(decibels(new Float32Array(10))), 0);
  assert.equal(loudness(decibels(Float32Array.of(1, -1))), 1);
});

test("choices go out box by box, and nothing is ticked by itself", () => {
  assert.deepEqual(consentMessage({ recording: true }, "v1"), {
    type: "consent.set", notice_version: "v1", ai_evaluation: false, recording: true, listening: false,
  });
  const kept = accommodations({ more_time: true, typed: true });
  assert.deepEqual([kept.time_factor, kept.patience_factor], [1.5, 1.5]);
  assert.equal(accommodations({}).time_factor, 1);
  assert.equal(formValues({ recording: true }, kept).more_time, true);
  assert.equal(formValues(null, {}).more_time, false);
});

test("times are read as people read them", () => {
  assert.deepEqual([0, 61000, 754000, 3661000, -5].map(minutes), ["0:00", "1:01", "12:34", "1:01:01", "0:00"]);
});
