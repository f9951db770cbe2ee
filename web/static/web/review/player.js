// Plays answers from the recording, lights up the words as they are said, and jumps to any of them.

import { clipAt, clock, nextOfAnswer, readClips, wordAt } from "./clips.js";

const AFTER_A_CLIP_MS = 250; // the last sound of a word lies a little behind its written end

export class Player {
  constructor(root) {
    this.clips = readClips(root);
    this.bar = root.querySelector("[data-player]");
    this.audio = this.bar.querySelector("[data-audio]");
    this.part = (name) => this.bar.querySelector(`[data-${name}]`);
    this.trouble = root.querySelector("[data-player-trouble]");
    this.clip = null;
    this.word = null;
    this.bar.hidden = false;
    this.listen();
  }

  listen() {
    const { audio } = this;
    this.part("toggle").addEventListener("click", () => this.toggle());
    this.part("seek").addEventListener("input", (event) => this.moveTo(Number(event.target.value) * 1000));
    this.part("speed").addEventListener("change", (event) => {
      audio.playbackRate = Number(event.target.value);
    });
    audio.addEventListener("play", () => this.told());
    audio.addEventListener("pause", () => this.told());
    audio.addEventListener("loadedmetadata", () => {
      this.part("seek").max = String(audio.duration);
      audio.playbackRate = Number(this.part("speed").value);
    });
    audio.addEventListener("error", () => this.say("The recording can't be played just now. Try again in a moment."));
    audio.addEventListener("seeked", () => this.follow());
    audio.addEventListener("timeupdate", () => this.follow());
  }

  get now() {
    return this.audio.currentTime * 1000 + (this.clip?.shift ?? 0);
  }

  playAnswer(of) {
    const first = this.clips.find((one) => one.of === of);
    if (first) this.play(first, first.from);
  }

  // Browsers may refuse sound that nobody asked for: then it waits at that second.
  playAt(ms, of = null, { isAsked = true } = {}) {
    const clip = clipAt(this.clips, ms, of);
    if (clip) this.play(clip, Math.min(Math.max(ms, clip.from), clip.to), isAsked);
    return clip;
  }

  playTurn(element, ms = null) {
    const clip = this.clips.find((one) => one.element === element);
    if (clip) this.play(clip, ms ?? clip.from);
  }

  async play(clip, ms, isAsked = true) {
    this.choose(clip);
    this.say("");
    const { audio } = this;
    if (audio.getAttribute("src") !== clip.source) {
      audio.src = clip.source;
      audio.load();
      await new Promise((done) => audio.addEventListener("loadedmetadata", done, { once: true }));
    }
    audio.currentTime = (ms - clip.shift) / 1000;
    try {
      await audio.play();
    } catch (error) {
      if (isAsked && error.name !== "AbortError") this.say("The recording can't be played just now. Try again in a moment.");
    }
  }

  toggle() {
    if (!this.audio.paused) this.audio.pause();
    else if (this.clip === null) this.playTurn(this.clips[0]?.element);
    else if (this.now >= this.clip.to) this.play(this.clip, this.clip.from);
    else this.play(this.clip, this.now);
  }

  // By the slider: whatever lies there, also between two answers.
  moveTo(ms) {
    const source = this.audio.getAttribute("src") ?? this.clips[0]?.source;
    const clips = this.clips.filter((one) => one.source === source);
    const clip = clipAt(clips, ms + (clips[0]?.shift ?? 0));
    if (clip) this.choose(clip);
    this.audio.currentTime = ms / 1000;
  }

  choose(clip) {
    if (clip === this.clip) return;
    this.clip?.element.classList.remove("is-playing");
    this.mark(null);
    this.clip = clip;
    clip.element.classList.add("is-playing");
    this.part("playing").textContent = clip.of ? `Answer ${clip.of}` : "Between the questions";
  }

  told() {
    const words = this.audio.paused ? "Play" : "Pause";
    this.part("toggle").textContent = words;
    this.part("toggle").setAttribute("aria-label", words);
    if (!this.audio.paused) this.keepFollowing();
  }

  keepFollowing() {
    if (this.audio.paused) return;
    this.follow();
    requestAnimationFrame(() => this.keepFollowing());
  }

  follow() {
    const { clip, now } = this;
    this.part("time").textContent = clock(now);
    this.part("seek").value = String(this.audio.currentTime);
    this.part("seek").setAttribute("aria-valuetext", clock(now));
    if (clip === null) return;
    this.mark(wordAt(clip, now));
    if (now > clip.to + AFTER_A_CLIP_MS && !this.audio.paused && !this.audio.seeking) this.leave(clip);
  }

  leave(clip) {
    const next = nextOfAnswer(this.clips, clip);
    if (next) this.play(next, next.from);
    else this.audio.pause();
  }

  mark(word) {
    if (word === this.word) return;
    this.word?.element.classList.remove("is-now");
    this.word = word;
    if (word === null) return;
    word.element.classList.add("is-now");
    const { bottom, top } = word.element.getBoundingClientRect();
    const room = window.innerHeight - this.bar.offsetHeight;
    if (!this.audio.paused && (top < 0 || bottom > room)) word.element.scrollIntoView({ block: "center" });
  }

  say(words) {
    this.trouble.textContent = words;
    this.trouble.classList.toggle("visually-hidden", words === "");
  }
}
