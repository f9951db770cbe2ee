/** The microphone check: pick one, see that it hears you, hear yourself, and test the loudspeaker. */

import { find, make, setLevel, show, write } from "../page/elements.js";
import { RATE_HZ } from "../sound/chunk.js";
import { judgeEcho } from "../sound/echo.js";
import { FLOOR_DB, loudness, SPEECH_DB } from "../sound/level.js";
import { listDevices } from "../sound/microphone.js";
import { SAMPLE_REPLY } from "../voice/server-voice.js";
import { ECHO_VERDICTS, verdictOnLevel } from "./words.js";

const REPLAY_CHUNKS = 40; // the last four seconds
const QUIET_LEVELS = 24; // about a second
const DECAY_DB = 1.2; // the verdict follows the loudest level, which fades
const SENTENCE = "This is how the interviewer will sound. You don't need to answer.";

export class MicCheck {
  constructor({ microphone, getVoice, onEcho }) {
    this.microphone = microphone;
    this.getVoice = getVoice;
    this.onEcho = onEcho;
    this.chunks = [];
    this.levels = [];
    this.loudest = FLOOR_DB;
    this.select = find("bind", "mic-device");
  }

  /** The microphone is open: show the tools. */
  async start() {
    show(find("region", "mic-tools"), true);
    show(find("action", "mic-open"), false);
    show(find("action", "to-practice"), true);
    write(find("bind", "mic-lead"), "Say something, and see that it is heard.");
    const devices = await listDevices();
    this.select.replaceChildren(
      ...devices.map(({ id, name }) => {
        const option = make("option", { text: name });
        option.value = id;
        option.selected = id === this.microphone.deviceId;
        return option;
      }),
    );
  }

  level(db) {
    this.levels.push(db);
    if (this.levels.length > 400) this.levels.shift();
    this.loudest = Math.max(db, this.loudest - DECAY_DB / 10);
    setLevel(find("bind", "mic-level"), loudness(db));
    write(find("bind", "mic-verdict"), verdictOnLevel(this.loudest, SPEECH_DB));
  }

  chunk(pcm) {
    this.chunks.push(pcm);
    if (this.chunks.length > REPLAY_CHUNKS) this.chunks.shift();
    find("action", "mic-replay").disabled = false;
  }

  /** Plays what would be sent, not what the device says it sends. */
  async replay() {
    const context = new AudioContext();
    const samples = this.chunks.flatMap((pcm) => [...pcm]);
    const buffer = context.createBuffer(1, Math.max(1, samples.length), RATE_HZ);
    buffer.getChannelData(0).set(samples.map((sample) => sample / 32768));
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => context.close();
    source.start();
  }

  /** Speaks a sentence and compares how loud the microphone is meanwhile with how quiet it was before. */
  async testEcho() {
    const voice = await this.getVoice();
    const verdict = find("bind", "echo-verdict");
    if (!voice.isAudible) return write(verdict, ECHO_VERDICTS.silent);
    write(verdict, "Please be quiet for a moment…");
    const quiet = await this.collect((done) => setTimeout(done, 1200));
    let wasHeard = true;
    const playing = await this.collect((done) => {
      const onFail = () => done((wasHeard = false));
      const onStart = () => (this.levels = []); // a voice from afar takes a moment to begin
      voice.speak(SENTENCE, { replyId: SAMPLE_REPLY, index: 0, rate: 1, onStart, onEnd: done, onFail });
    });
    const found = wasHeard ? judgeEcho(quiet.slice(-QUIET_LEVELS), playing) : "unclear";
    write(verdict, ECHO_VERDICTS[found]);
    return this.onEcho(found === "echo");
  }

  async collect(during) {
    const from = this.levels.length;
    this.levels = this.levels.slice(from);
    await new Promise(during);
    return this.levels;
  }
}
