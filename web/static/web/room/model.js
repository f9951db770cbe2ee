/**
 * What the page knows of the interview: a fold over the messages of the socket. Pure.
 *
 * After the snapshot the server repeats the part of the log that this page has not seen. Of that only what was
 * heard is news, the snapshot holds the rest; hence the whitelist `STILL_NEWS` for messages up to its number.
 */

const SNAPSHOT = "session.snapshot";
const STILL_NEWS = new Set(["transcript.final", "turn.ended"]);
const STANDING = new Set(["waiting", "practice", "paused", "ended"]); // the clock stands still in these
const ASKING = new Set(["greeting", "question", "acknowledge_and_next"]); // their question stands above anyway

export const EMPTY = Object.freeze({
  link: "idle",
  session: null,
  state: "waiting",
  question: null,
  reply: null,
  finals: [],
  turnId: null,
  partial: null,
  present: [],
  takeover: null, // {by, ref} of the person who speaks in the interviewer's place
  handedBack: null, // {by}, until the candidate has the word again
  typedTurn: null,
  isPlaying: false, // a reply is heard, or stands to be read
  offer: null,
  timeLeft: null, // {ms, at}: `ms` were left at the page's time `at`
  isHeld: false,
  isEnding: false,
  settings: {},
  consent: null,
  ended: null,
  seq: 0,
  snapshotSeq: 0,
});

export function isLive(state) {
  return !STANDING.has(state);
}

/** Milliseconds left at `now`, or null while nobody has said. */
export function timeLeftMs(model, now) {
  if (!model.timeLeft) return null;
  const passed = isLive(model.state) ? now - model.timeLeft.at : 0;
  return Math.max(0, model.timeLeft.ms - passed);
}

/** The model after `message`, which came at the page's time `now` (ms). */
export function reduce(model, message, now) {
  if (isOld(model, message) && !STILL_NEWS.has(message.type)) return model;
  const rule = RULES[message.type];
  const next = rule ? rule(model, message, now) : model;
  const isLogged = message.type !== SNAPSHOT && message.seq > next.seq;
  return isLogged ? { ...next, seq: message.seq } : next;
}

/** Whether the snapshot has told this already. */
export function isOld(model, message) {
  return message.type !== SNAPSHOT && message.seq !== undefined && message.seq <= model.snapshotSeq;
}

const RULES = {
  [SNAPSHOT]: (model, said, now) => ({
    ...model,
    session: said.session,
    state: said.state,
    question: said.question,
    reply: said.reply && { id: said.reply.reply_id, kind: said.reply.kind, by: said.reply.by, isSpoken: Boolean(said.reply.spoken), sentences: [...said.reply.sentences], partial: "" },
    partial: null,
    present: said.settings.participants ?? [],
    takeover: said.settings.takeover ?? null,
    handedBack: null,
    settings: said.settings,
    consent: said.consent,
    timeLeft: said.settings.time_left_ms === undefined ? null : { ms: said.settings.time_left_ms, at: now },
    snapshotSeq: said.seq,
    isEnding: false,
  }),

  "state.changed": (model, said, now) => {
    const left = timeLeftMs(model, now);
    const hasFloor = said.state === "listening" || said.state === "candidate_speaking";
    return {
      ...model,
      state: said.state,
      timeLeft: left === null ? null : { ms: left, at: now },
      isHeld: hasFloor && model.isHeld,
      handedBack: hasFloor || said.state === "taken_over" ? null : model.handedBack,
    };
  },

  "settings.changed": (model, said, now) => ({
    ...model,
    timeLeft: typeof said.time_left_ms === "number" ? { ms: said.time_left_ms, at: now } : model.timeLeft,
    question: model.question && { ...model.question, total: said.total_questions ?? model.question.total },
  }),

  "question.started": (model, said) => ({
    ...model,
    question: { number: said.number, total: said.total, text: said.text, kind: said.kind },
  }),

  "reply.started": (model, said) => ({
    ...model,
    reply: { id: said.reply_id, kind: said.kind, by: said.by, isSpoken: Boolean(said.spoken), sentences: [], partial: "" },
    partial: null,
    isHeld: false,
  }),
  "reply.sentence": (model, said) => {
    if (model.reply?.id !== said.reply_id) return model;
    const sentences = [...model.reply.sentences];
    sentences[said.index] = said.text;
    return { ...model, reply: { ...model.reply, sentences, partial: "" } };
  },
  "reply.partial": (model, said) =>
    model.reply?.id === said.reply_id ? { ...model, reply: { ...model.reply, partial: said.text } } : model,
  "reply.finished": (model, said) =>
    model.reply?.id === said.reply_id ? { ...model, reply: { ...model.reply, text: said.text, partial: "" } } : model,
  "reply.withdrawn": (model, said) => (model.reply?.id === said.reply_id ? { ...model, reply: null } : model),

  "transcript.partial": (model, said) => ({ ...model, partial: { text: said.text, stableChars: said.stable_chars } }),
  "transcript.final": (model, said) => {
    const isNewTurn = said.turn_id !== model.turnId;
    const former = isNewTurn ? [] : model.finals.filter((one) => one.id !== said.utterance_id);
    const final = { id: said.utterance_id, text: said.text };
    return { ...model, turnId: said.turn_id, finals: [...former, final], partial: null };
  },
  "turn.ended": (model, said) => {
    const isTyped = said.reason === "typed";
    const finals = isTyped ? [{ id: `typed-${said.turn_id}`, text: said.text }] : model.finals;
    return { ...model, turnId: isTyped ? said.turn_id : model.turnId, typedTurn: isTyped ? said.turn_id : model.typedTurn, finals, partial: null, isHeld: false, offer: null };
  },
  "turn.reopened": (model, said) => (model.turnId === said.turn_id ? { ...model, reply: null } : model),

  "participant.joined": (model, said) => ({ ...model, present: [...without(model.present, said), person(said)] }),
  "participant.left": (model, said) => ({ ...model, present: without(model.present, said) }),
  "takeover.started": (model, said) => ({ ...model, takeover: { by: said.by, ref: said.ref }, handedBack: null, offer: null, isHeld: false }),
  "takeover.ended": (model, said) => ({ ...model, takeover: null, handedBack: said.reason === "ended" ? null : { by: said.by } }),
  "offer.made": (model, said) => ({ ...model, offer: { offer: said.offer, by: said.by } }),
  "session.ended": (model, said) => ({ ...model, ended: { reason: said.reason, reportUrl: said.report_url } }),

  // The page's own doings go the same way, so that there is one place where the model changes.
  "page.link": (model, said) => ({ ...model, link: said.state }),
  "page.playing": (model, said) => (model.isPlaying === said.isPlaying ? model : { ...model, isPlaying: said.isPlaying }),
  "page.held": (model) => ({ ...model, isHeld: true }),
  "page.ending": (model) => ({ ...model, isEnding: true }),
  "page.declined": (model) => ({ ...model, offer: null }),
};

function person(said) {
  return { ref: said.ref, role: said.role, name: said.name, listening: Boolean(said.listening) };
}

/** Their name would not do: somebody may watch from two windows, and leave one. */
function without(present, said) {
  return present.filter((one) => one.ref !== said.ref);
}

/** The reply as it stands beside the question: nothing, once it only asked what stands there already. */
export function replyText(model) {
  const { reply, question } = model;
  if (!reply) return "";
  const isSpeaking = model.state === "interviewer_speaking";
  if (!isSpeaking && ASKING.has(reply.kind)) return "";
  const text = reply.sentences.filter(Boolean).join(" ") || reply.text || "";
  const asked = ASKING.has(reply.kind) ? (question?.text ?? "") : "";
  return asked && text.endsWith(asked) ? text.slice(0, -asked.length).trim() : text;
}
