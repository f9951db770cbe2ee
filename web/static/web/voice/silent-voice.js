/** Where there is no voice, the text stands for the time it takes to read it. */

import { readingMs } from "./reading.js";

export class SilentVoice {
  isAudible = false;

  speak(text, { rate, onStart, onEnd }) {
    onStart();
    this.timer = setTimeout(onEnd, readingMs(text, rate));
  }

  cancel() {
    clearTimeout(this.timer);
  }
}
