/** What has come of the server's audio, sentence by sentence of one reply. Pure. */

const HEAD_BYTES = 8; // reply and rate, four bytes each

export class SentenceAudio {
  constructor(replyId, index, played) {
    this.replyId = replyId;
    this.index = index;
    this.played = played; // where a pause has stopped it, in samples
    this.rate = 0;
    this.chunks = [];
    this.samples = 0;
    this.state = "coming";
  }

  get isWhole() {
    return this.state === "ends";
  }

  get hasFailed() {
    return this.state === "failed";
  }

  add(pcm, rate) {
    this.rate ||= rate;
    this.chunks.push(pcm);
    this.samples += pcm.length;
  }

  /** What lies behind the first `from` samples, as arrays to play one after the other. */
  after(from) {
    const rest = [];
    let at = 0;
    for (const chunk of this.chunks) {
      if (at + chunk.length > from) rest.push(chunk.subarray(Math.max(0, from - at)));
      at += chunk.length;
    }
    return rest;
  }
}

/** Holds one reply at a time: what is new makes room for itself. */
export class AudioShelf {
  constructor() {
    this.replyId = null;
    this.sentences = [];
    this.open = null;
  }

  find(replyId, index) {
    return this.replyId === replyId ? this.sentences[index] : undefined;
  }

  /** A message `reply.audio`; gives the sentence that it is about. */
  note({ reply_id: replyId, index, state }) {
    if (this.replyId !== replyId) {
      this.replyId = replyId;
      this.sentences = [];
      this.open = null;
    }
    const known = this.sentences[index];
    if (state === "begins" || !known) this.sentences[index] = new SentenceAudio(replyId, index, known?.played ?? 0);
    const sentence = this.sentences[index];
    if (state !== "begins") sentence.state = state;
    this.open = state === "begins" ? sentence : null;
    return sentence;
  }

  /** A binary frame of the socket; gives the sentence that has grown, or null when it belongs to none. */
  take(frame) {
    const size = frame.byteLength - HEAD_BYTES;
    if (!this.open || size <= 0 || size % 2) return null;
    const head = new DataView(frame);
    if (head.getUint32(0, true) !== this.open.replyId) return null;
    this.open.add(new Int16Array(frame, HEAD_BYTES), head.getUint32(4, true)); // as everywhere, low byte first
    return this.open;
  }
}
