/** How loud something is, for eyes. */

export const FLOOR_DB = -60;
const LOUD_DB = -12; // close and clear speech; louder is full scale
export const SPEECH_DB = -42; // quiet speech at arm's length is above, a quiet room below

/** Decibels below full scale of samples in [-1, 1]. */
export function decibels(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const power = samples.length ? sum / samples.length : 0;
  return power > 0 ? Math.max(FLOOR_DB, 10 * Math.log10(power)) : FLOOR_DB;
}

/** 0..1, even to the ear. */
export function loudness(db) {
  return Math.max(0, Math.min(1, (db - FLOOR_DB) / (LOUD_DB - FLOOR_DB)));
}
