/**
 * Speaks with a voice of the browser (Web Speech API).
 *
 * Traps: voices load late; some fire no events; on Android `pause()` cancels; headless browsers have none and
 * report `synthesis-failed`. So it never pauses, and a sentence that does not begin in time is handed back.
 */

import { watchdogMs } from "./reading.js";

const VOICES_WITHIN_MS = 1500;
const START_WITHIN_MS = 3000;

export class BrowserVoice {
  isAudible = true;

  constructor(voice) {
    this.voice = voice;
    this.number = 0;
  }

  /** `onFail` instead of `onEnd` when it could not be said. Exactly one of the two is called, unless cancelled. */
  speak(text, { rate, onStart, onEnd, onFail }) {
    this.cancel();
    const number = this.number;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = this.voice;
    utterance.lang = this.voice.lang;
    utterance.rate = rate;
    const finish = (how) => {
      if (number !== this.number) return;
      this.cancel();
      how();
    };
    utterance.onstart = () => {
      if (number !== this.number) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => finish(onEnd), watchdogMs(text, rate));
      onStart();
    };
    utterance.onend = () => finish(onEnd);
    utterance.onerror = () => finish(onFail);
    this.utterance = utterance; // Chrome forgets the events of an utterance that nobody holds
    this.timer = setTimeout(() => finish(onFail), START_WITHIN_MS);
    speechSynthesis.speak(utterance);
  }

  cancel() {
    this.number += 1;
    clearTimeout(this.timer);
    speechSynthesis.cancel();
  }
}

/** A voice for `language`, local ones first since they need no network; null when there is none. */
export async function findVoice(language) {
  if (!globalThis.speechSynthesis) return null;
  const voices = await voicesInTime();
  return chooseVoice(voices, language);
}

/** Pure: the best of `voices` for a language tag such as "en" or "en-GB". */
export function chooseVoice(voices, language) {
  const [wanted] = language.toLowerCase().split("-");
  const score = (voice) => {
    const tag = voice.lang.toLowerCase().replace("_", "-");
    if (tag.split("-")[0] !== wanted) return -1;
    return (voice.localService ? 4 : 0) + (tag === language.toLowerCase() ? 2 : 0) + (voice.default ? 1 : 0);
  };
  const [best] = [...voices].filter((voice) => score(voice) >= 0).sort((a, b) => score(b) - score(a));
  return best ?? null;
}

function voicesInTime() {
  const now = speechSynthesis.getVoices();
  if (now.length) return Promise.resolve(now);
  return new Promise((resolve) => {
    const finish = () => resolve(speechSynthesis.getVoices());
    speechSynthesis.addEventListener("voiceschanged", finish, { once: true });
    setTimeout(finish, VOICES_WITHIN_MS);
  });
}
