/** Commands on their way: each is answered in words, and said again after a lost line until it is. */

const DONE = {
  "note.add": "The note is saved.",
  "question.queue": "The question is put in; it comes after the current one.",
  "question.skip": "The question is skipped.",
  "question.rephrase": "The question is put in other words.",
  whisper: "The interviewer takes it into account. The candidate sees nothing of it.",
  say: "The interviewer says it, word for word.",
  "time.extend": "Five minutes are added.",
  "session.pause": "The interview is paused.",
  "session.resume": "The interview goes on.",
  "session.end": "The interview has ended.",
  "takeover.start": "You have taken over.",
  "takeover.say": "The candidate hears it.",
  "takeover.end": "You have handed back; the interviewer goes on.",
  "listen.start": "You are listening. The candidate has been told.",
  "listen.stop": "You no longer listen.",
};
const OFFERS = {
  text: "Typing is offered.",
  break: "A break is offered.",
  reschedule: "Another day is offered.",
  skip: "Skipping the question is offered.",
};
const NO_LINE = "The line is not there just now. Try again in a moment.";
const OF_THIS_LINE = new Set(["listen.start", "listen.stop", "takeover.start"]); // another line is another presence

export class Commands {
  /** `send(message)` says whether it could; `tell(kind, text)` shows what came of it. */
  constructor({ send, tell, makeId = commandId }) {
    this.send = send;
    this.tell = tell;
    this.makeId = makeId;
    this.waiting = new Map(); // command_id -> {message, onDone, onRejected}
  }

  /** False where it could not even be sent. */
  give(type, fields = {}, { onDone = () => undefined, onRejected = () => undefined } = {}) {
    const message = { type, command_id: this.makeId(), ...fields };
    if (!this.send(message)) {
      this.tell("rejected", NO_LINE);
      return false;
    }
    this.waiting.set(message.command_id, { message, onDone, onRejected });
    this.tell("sent", "Sent…");
    return true;
  }

  /** With a text: for that one alone. */
  isWaitingFor(type, text = null) {
    const waiting = [...this.waiting.values()].filter(({ message }) => message.type === type);
    return waiting.some(({ message }) => text === null || message.text === text);
  }

  /** What a new line makes necessary: the same id again is the same command. */
  again() {
    for (const [id, { message, onRejected }] of this.waiting) {
      if (OF_THIS_LINE.has(message.type)) {
        this.waiting.delete(id);
        onRejected();
      } else this.send(message);
    }
  }

  /** True where the message was an answer to one of ours. */
  hear({ type, command_id: id, message: words }) {
    const one = type.startsWith("command.") && type !== "command.applied" && this.waiting.get(id); // events name it, too
    if (!one) return false;
    if (type === "command.queued") {
      this.tell("queued", "It waits until somebody runs the interview again; it is not lost.");
      return true;
    }
    this.waiting.delete(id);
    if (type === "command.done") {
      this.tell("done", words || doneWords(one.message)); // the server's, where there is more to know
      one.onDone();
    } else {
      this.tell("rejected", words);
      one.onRejected();
    }
    return true;
  }
}

export function doneWords({ type, offer }) {
  return type === "offer.make" ? OFFERS[offer] : DONE[type];
}

/** `crypto.randomUUID` exists only on secure addresses. */
function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
