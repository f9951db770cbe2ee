import assert from "node:assert/strict";
import { test } from "node:test";

import { PcmPlayer } from "../../static/web/voice/pcm-player.js";
import { Playback } from "../../static/web/voice/playback.js";
import { ServerVoice } from "../../static/web/voice/server-voice.js";

const RATE = 1000;
const TEXT = "one two three four"; // 18 characters

/** Web Audio with a clock that a test moves; whatever is due ends as it passes. */
class ScriptedContext {
  state = "running";
  currentTime = 0;
  sources = [];
  destination = {};
  createBuffer(_, length, rate) {
    const samples = new Float32Array(length);
    return { length, rate, samples, getChannelData: () => samples };
  }
  createBufferSource() {
    const source = { connect() {}, disconnect() {}, stop: () => (source.stoppedAt = this.currentTime) };
    source.start = (at) => {
      source.at = at;
      this.sources.push(source);
    };
    return source;
  }
  resume() {
    return this.state === "asleep" ? new Promise(() => {}) : Promise.resolve();
  }
  passTo(time) {
    for (const source of this.sources) {
      const end = source.at + source.buffer.length / source.buffer.rate;
      if (source.stoppedAt !== undefined || source.hasEnded || end > time) continue;
      this.currentTime = end;
      source.hasEnded = true;
      source.onended();
    }
    this.currentTime = time;
  }
}

function setUp(timers) {
  const world = { context: new ScriptedContext(), wanted: [], said: [] };
  timers?.enable({ apis: ["setTimeout"] });
  const player = new PcmPlayer({ makeContext: () => world.context });
  void player.wake();
  world.player = player;
  world.voice = new ServerVoice({ want: (...what) => world.wanted.push(what), player });
  world.callbacks = {
    onStart: () => world.said.push("start"),
    onEnd: () => world.said.push("end"),
    onFail: () => world.said.push("fail"),
  };
  world.speak = (index = 0, replyId = 7) => world.voice.speak(TEXT, { replyId, index, rate: 1, ...world.callbacks });
  world.tell = (state, index = 0, replyId = 7) => world.voice.told({ reply_id: replyId, index, state });
  world.frame = (samples, replyId = 7, rate = RATE) => world.voice.take(frame(samples, replyId, rate));
  world.heard = (index = 0) => world.voice.heardChars(TEXT, { replyId: 7, index });
  return world;
}

function frame(samples, replyId, rate) {
  const buffer = new ArrayBuffer(8 + 2 * samples);
  new DataView(buffer).setUint32(0, replyId, true);
  new DataView(buffer).setUint32(4, rate, true);
  new Int16Array(buffer, 8).fill(16384);
  return buffer;
}

test("a sentence begins after a small buffer and ends with its last sample", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  speak();
  tell("begins");
  sent(100);
  assert.deepEqual(said, []);
  sent(100);
  assert.deepEqual(said, ["start"]);
  assert.equal(context.sources[0].buffer.samples[0], 0.5);
  sent(300);
  tell("ends");
  context.passTo(0.5);
  assert.deepEqual(said, ["start"]);
  context.passTo(0.53);
  assert.deepEqual(said, ["start", "end"]);
});

test("what was sent before it is due is played when it is", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  for (const index of [0, 1]) {
    tell("begins", index);
    sent(50);
    tell("ends", index);
  }
  speak(0);
  context.passTo(1);
  speak(1);
  context.passTo(2);
  assert.deepEqual(said, ["start", "end", "start", "end"]);
});

test("pieces follow one another without a gap, and a gap in the line heals", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  speak();
  tell("begins");
  sent(200);
  sent(100);
  assert.equal(context.sources[1].at, context.sources[0].at + 0.2);
  context.passTo(2);
  sent(100); // too little to go on
  assert.equal(context.sources.length, 2);
  sent(100);
  assert.equal(context.sources.length, 4);
  assert.ok(context.sources[2].at >= 2);
  tell("ends");
  context.passTo(3);
  assert.deepEqual(said, ["start", "end"]);
});

test("stopping is at once, counts samples, and going on is from there", (t) => {
  const { speak, tell, frame: sent, said, context, voice, heard } = setUp(t.mock.timers);
  speak();
  tell("begins");
  sent(1800);
  tell("ends");
  context.passTo(0.02 + 0.75); // 750 of 1800 samples: 7 characters
  assert.equal(heard(), "one two".length);
  voice.cancel();
  assert.equal(context.sources[0].stoppedAt, 0.77);
  assert.equal(heard(), "one two".length);
  context.passTo(60);
  assert.deepEqual(said, ["start"]);
  speak();
  assert.equal(context.sources[1].buffer.length, 1800 - 750);
  context.passTo(70);
  assert.deepEqual(said, ["start", "start", "end"]);
  assert.equal(heard(), TEXT.length);
});

test("before the end is known, what was heard is reckoned by reading time", (t) => {
  const { speak, tell, frame: sent, context, heard } = setUp(t.mock.timers);
  speak();
  tell("begins");
  sent(600);
  context.passTo(0.02 + 0.6); // of about 1 286 samples: 8.4 characters
  assert.equal(heard(), "one two".length);
  assert.equal(heard(1), 0);
});

test("what failed is handed back at once, also in the middle", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  tell("failed", 0);
  speak(0);
  assert.deepEqual(said, ["fail"]);
  speak(1);
  tell("begins", 1);
  sent(1000);
  context.passTo(0.3);
  tell("failed", 1);
  assert.deepEqual(said, ["fail", "start", "fail"]);
  assert.equal(context.sources[0].stoppedAt, 0.3);
});

test("nobody waits for ever: not for a beginning, not for more, not for a device that sleeps", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  speak(0);
  t.mock.timers.tick(5900);
  assert.deepEqual(said, []);
  t.mock.timers.tick(200);
  assert.deepEqual(said, ["fail"]);
  speak(1);
  tell("begins", 1);
  sent(200);
  context.passTo(5);
  t.mock.timers.tick(6100);
  assert.deepEqual(said, ["fail", "start", "fail"]);
  speak(2);
  tell("begins", 2);
  sent(200);
  t.mock.timers.tick(3300); // its time stands still
  assert.deepEqual(said.slice(3), ["start", "fail"]);
});

test("a page that nobody has touched does not wait for sound", (t) => {
  const world = setUp(t.mock.timers);
  world.context.state = "asleep";
  world.speak();
  t.mock.timers.tick(1600);
  assert.deepEqual(world.said, ["fail"]);
});

test("a browser without sound hands everything back", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const player = new PcmPlayer({
    makeContext() {
      throw new Error("no device");
    },
  });
  const said = [];
  const voice = new ServerVoice({ want() {}, player });
  voice.speak(TEXT, { replyId: 1, index: 0, onStart() {}, onEnd() {}, onFail: () => said.push("fail") });
  t.mock.timers.tick(1600);
  assert.deepEqual(said, ["fail"]);
});

test("frames of something else are passed over", (t) => {
  const { tell, frame: sent, voice } = setUp(t.mock.timers);
  sent(100);
  tell("begins");
  sent(100, 8);
  voice.take(new ArrayBuffer(8));
  voice.take(new ArrayBuffer(11));
  assert.equal(voice.shelf.find(7, 0).samples, 0);
  sent(100);
  tell("ends");
  sent(100);
  assert.equal(voice.shelf.find(7, 0).samples, 100);
  tell("begins", 0, 8);
  assert.equal(voice.shelf.find(7, 0), undefined);
});

test("after a new connection it asks from the first sentence that is not whole", (t) => {
  const { tell, frame: sent, voice, wanted } = setUp(t.mock.timers);
  tell("begins", 0);
  sent(10);
  tell("ends", 0);
  tell("begins", 1);
  sent(10);
  voice.rejoin(7, 0, 3);
  voice.rejoin(7, 0, 1);
  voice.rejoin(9, 2, 3);
  assert.deepEqual(wanted, [
    [7, 1],
    [9, 2],
  ]);
});

test("what is sent again is played on from where it was", (t) => {
  const { speak, tell, frame: sent, said, context } = setUp(t.mock.timers);
  speak();
  tell("begins");
  sent(400);
  context.passTo(0.3);
  tell("begins"); // the line was lost meanwhile
  sent(400);
  sent(400);
  tell("ends");
  assert.deepEqual(context.sources.map((source) => source.buffer.length), [400, 400]);
  context.passTo(2);
  assert.deepEqual(said, ["start", "end"]);
});

test("the sample is asked for, and can be heard again", (t) => {
  const { speak, tell, frame: sent, said, context, wanted } = setUp(t.mock.timers);
  speak(0, 0);
  assert.deepEqual(wanted, [[0, 0]]);
  tell("begins", 0, 0);
  sent(300, 0);
  tell("ends", 0, 0);
  context.passTo(1);
  speak(0, 0);
  context.passTo(2);
  assert.deepEqual(said, ["start", "end", "start", "end"]);
  assert.equal(wanted.length, 1);
});

// --- with the policy above it

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

function withPlayback(timers) {
  const world = { ...setUp(timers), reports: [], spare: new ScriptedVoice(), silent: new ScriptedVoice() };
  world.playback = new Playback({
    report: (message) => world.reports.push(message),
    onPlaying: () => undefined,
    clock: () => 0,
    silent: world.silent,
  });
  world.playback.useVoice(world.voice, world.spare);
  return world;
}

test("what was heard of a reply is told in samples, in a pause too", (t) => {
  const { playback, tell, frame: sent, context, reports } = withPlayback(t.mock.timers);
  playback.begin(7);
  playback.sentence(7, 0, "Hello.");
  playback.sentence(7, 1, TEXT);
  for (const [index, samples] of [[0, 500], [1, 1800]]) {
    tell("begins", index);
    sent(samples);
    tell("ends", index);
  }
  context.passTo(0.6); // the first has ended, the second begins
  context.passTo(1.4);
  playback.pause();
  playback.stop(7);
  assert.deepEqual(reports, [
    { type: "playback.started", reply_id: 7 },
    { type: "playback.stopped", reply_id: 7, heard_chars: "Hello. one two".length },
  ]);
});

test("a sentence that failed is the spare voice's, the next one is the server's again", (t) => {
  const { playback, tell, frame: sent, context, spare, reports } = withPlayback(t.mock.timers);
  playback.begin(7);
  for (const [index, text] of ["One.", "Two.", "Three."].entries()) playback.sentence(7, index, text);
  playback.whole(7);
  tell("failed", 0);
  spare.callbacks.onStart();
  tell("failed", 1);
  spare.callbacks.onEnd();
  spare.callbacks.onStart();
  spare.callbacks.onEnd();
  tell("begins", 2);
  sent(500);
  tell("ends", 2);
  context.passTo(1);
  assert.deepEqual(spare.spoken, ["One.", "Two."]);
  assert.deepEqual(reports.map(({ type }) => type), ["playback.started", "playback.finished"]);
});

test("where the spare voice fails as well, the text stands", (t) => {
  const { playback, tell, spare, silent } = withPlayback(t.mock.timers);
  playback.begin(7);
  playback.sentence(7, 0, "One.");
  tell("failed", 0);
  spare.callbacks.onFail();
  spare.callbacks.onFail();
  assert.deepEqual(spare.spoken, ["One.", "One."]);
  assert.deepEqual(silent.spoken, ["One."]);
});

test("after a reload the page asks for the reply and says it", (t) => {
  const { playback, tell, frame: sent, context, wanted, reports } = withPlayback(t.mock.timers);
  playback.rejoin({ reply_id: 7, sentences: ["Hello."], finished: true });
  assert.deepEqual(wanted, [[7, 0]]);
  tell("begins", 0);
  sent(500);
  tell("ends", 0);
  context.passTo(1);
  assert.deepEqual(reports.map(({ type }) => type), ["playback.started", "playback.finished"]);
});
