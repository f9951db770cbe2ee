/** Runs on the audio thread: brings the microphone to 16 kHz and hands over 100 ms at a time. */

import { CHUNK_SAMPLES, toPcm } from "./chunk.js";
import { decibels } from "./level.js";
import { Resampler } from "./resampler.js";

const LEVEL_EVERY_BLOCKS = 16; // of 128 frames: about 43 ms at 48 kHz

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate);
    this.chunk = new Float32Array(CHUNK_SAMPLES);
    this.filled = 0;
    this.recent = [];
  }

  process(inputs) {
    const block = inputs[0][0];
    if (!block) return true; // the microphone has not begun, or is gone
    this.measure(block);
    const samples = this.resampler.process(block);
    for (const sample of samples) {
      this.chunk[this.filled] = sample;
      this.filled += 1;
      if (this.filled === CHUNK_SAMPLES) this.handOver();
    }
    return true;
  }

  measure(block) {
    this.recent.push(...block);
    if (this.recent.length < LEVEL_EVERY_BLOCKS * block.length) return;
    this.port.postMessage({ db: decibels(this.recent) });
    this.recent = [];
  }

  handOver() {
    const pcm = toPcm(this.chunk);
    this.filled = 0;
    // Stamped here: a page that was busy for a moment gets its messages late, all at once.
    this.port.postMessage({ pcm, at: Date.now() }, [pcm.buffer]);
  }
}

registerProcessor("capture", Capture);
