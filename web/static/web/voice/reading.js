/** How long words take to be said or read. */

export const CHARS_PER_SECOND = 14; // reading aloud in English, about 150 words a minute; the server reckons the same
const LEAST_MS = 1200;

export function readingMs(text, rate = 1) {
  return Math.max(LEAST_MS, (text.length / (CHARS_PER_SECOND * rate)) * 1000);
}

/** After so long without a word from a voice, its sentence counts as said. */
export function watchdogMs(text, rate = 1) {
  return readingMs(text, rate) * 1.6 + 2500;
}

/** How many characters of `text` have been heard after `elapsedMs`, cut back to a whole word. */
export function heardChars(text, elapsedMs, rate = 1) {
  return wholeWords(text, Math.floor((elapsedMs / 1000) * CHARS_PER_SECOND * rate));
}

/** `reached` characters of `text`, cut back to a whole word. */
export function wholeWords(text, reached) {
  if (reached >= text.length) return text.length;
  return Math.max(0, text.lastIndexOf(" ", reached));
}
