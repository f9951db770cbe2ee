/** Whether a sentence that the loudspeaker played came back through the microphone. */

import { SPEECH_DB } from "./level.js";

const RISE_DB = 9; // above the room's own noise; judged: keeps a fan or a street out
const SHARE = 0.3; // of the time: a voice has pauses, a single knock has none to speak of
const LEAST_FRAMES = 8;

/** `quiet` and `playing` are levels in dB, in even steps. "unclear" when too little was measured. */
export function judgeEcho(quiet, playing) {
  if (quiet.length < LEAST_FRAMES || playing.length < LEAST_FRAMES) return "unclear";
  const floor = median(quiet);
  const threshold = Math.max(floor + RISE_DB, SPEECH_DB - 6);
  const loud = playing.filter((level) => level > threshold).length;
  return loud / playing.length >= SHARE ? "echo" : "clean";
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
