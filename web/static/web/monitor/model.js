/** What an observer knows of one interview: a fold over its log and the lossy lane beside it. Pure. */

import { factOf } from "./facts.js";
import { askedUpTo, covered, putIn } from "./plan.js";

const STANDING = new Set(["waiting", "practice", "paused", "ended"]);
const LATENCIES = 10;

export const EMPTY = Object.freeze({
  session: null,
  state: "",
  stateSince: null,
  question: null,
  plan: [],
  talk: [],
  partial: "",
  present: [],
  notes: [],
  consent: null,
  hears: false,
  takeover: null, // {by, ref, isMine}
  me: "", // how the refs of this person's presences begin, once that is known
  isConnected: null,
  awaySince: null,
  drops: 0,
  backlogMs: 0,
  latencies: [], // {turn, endpoint, transcribe, total}, the newest last
  levelDb: null,
  timeLeft: null, // {ms, at}
  clock: { ranMs: 0, since: null }, // the interview's own, which stands still while paused
  answered: [], // numbers of the questions that the candidate has said something to
  isOver: false,
  seq: 0,
  snapshotSeq: 0,
});

export function elapsedMs(model, now) {
  const { ranMs, since } = model.clock;
  return ranMs + (since === null ? 0 : Math.max(0, now - since));
}

export function leftMs(model, now) {
  if (!model.timeLeft) return null;
  return Math.max(0, model.timeLeft.ms - (STANDING.has(model.state) ? 0 : now - model.timeLeft.at));
}

/** The model after `message`; `now` is the page's clock in ms. */
export function reduce(model, message, now) {
  const at = message.at ? Date.parse(message.at) : now;
  const isNew = message.seq === undefined || message.seq > model.snapshotSeq;
  const moment = { at, now, isNew };
  const rule = RULES[message.type];
  const next = withFact(rule ? rule(model, message, moment) : model, message, at);
  return message.type !== SNAPSHOT && message.seq > next.seq ? { ...next, seq: message.seq } : next;
}

/** This page's own wish to take over was granted; the log says only by whom and where. */
export function asMine(model) {
  return model.takeover ? { ...model, me: personOf(model.takeover.ref), takeover: { ...model.takeover, isMine: true } } : model;
}

/** A person's presences at one session have refs that begin alike, up to the hyphen. */
function personOf(ref = "") {
  return ref.split("-")[0];
}

const SNAPSHOT = "monitor.snapshot";
const RULES = {
  [SNAPSHOT]: (model, said, { now }) => ({
    ...model,
    session: said.session,
    state: said.state,
    stateSince: said.state === model.state ? model.stateSince : null,
    question: said.question,
    plan: said.plan ?? [],
    present: said.participants,
    notes: said.notes.map((note) => ({ text: note.text, by: note.by, atMs: note.at_ms })),
    consent: said.consent,
    hears: Boolean(said.hears),
    ...heldBy(model, said.takeover),
    isConnected: said.is_connected,
    awaySince: said.is_connected ? null : model.awaySince,
    drops: said.drops,
    timeLeft: { ms: said.time_left_ms, at: now },
    isOver: said.state === "ended",
    snapshotSeq: said.seq,
  }),

  "state.changed": (model, said, { at, now, isNew }) => {
    const ranMs = elapsedMs(model, at);
    const runs = !STANDING.has(said.state);
    const left = leftMs(model, now);
    return {
      ...model,
      state: isNew ? said.state : model.state,
      stateSince: said.state === model.state || isNew ? at : model.stateSince,
      clock: { ranMs, since: runs ? at : null },
      timeLeft: isNew && left !== null ? { ms: left, at: now } : model.timeLeft,
    };
  },
  "settings.changed": (model, said, { now, isNew }) => (isNew ? settled(model, said, now) : model),
  "consent.changed": (model, said, { isNew }) => (isNew ? { ...model, consent: said, hears: said.listening } : model),
  "question.started": (model, said, { isNew }) => {
    const { number, total, text, kind } = said;
    return isNew ? { ...model, question: { number, total, text }, plan: askedUpTo(model.plan, { number, text, kind }) } : model;
  },
  "question.queued": (model, said, { isNew }) =>
    isNew ? { ...model, plan: putIn(model.plan, said.question, model.question?.number ?? 0) } : model,
  coverage: (model, said) => ({ ...model, plan: covered(model.plan, said) }),

  "transcript.partial": (model, said) => ({ ...model, partial: said.text }),
  "transcript.final": (model, said) =>
    withLine({ ...model, partial: "" }, {
      key: `heard-${said.utterance_id}-${said.turn_id}`,
      side: "candidate",
      text: said.text,
      confidence: said.confidence,
      atMs: said.start_ms,
    }),
  "turn.ended": (model, said, { at }) => {
    const next = answer({ ...model, partial: "" }, said);
    if (said.reason !== "typed" || said.intent) return next;
    const line = { key: `typed-${said.turn_id}`, side: "candidate", text: said.text, isTyped: true, atMs: elapsedMs(model, at) };
    return withLine(next, line);
  },

  "reply.started": (model, said, { at }) => {
    const line = { key: `reply-${said.reply_id}`, side: "interviewer", text: "", by: said.by, isSpoken: Boolean(said.spoken) };
    return withLine(model, { ...line, atMs: elapsedMs(model, at) });
  },
  "reply.partial": (model, said) => changeLine(model, `reply-${said.reply_id}`, (line) => ({ ...line, partial: said.text })),
  "reply.sentence": (model, said) => growLine(model, said),
  "sentence.sent": (model, said) => growLine(model, said),
  "reply.finished": (model, said) => changeLine(model, `reply-${said.reply_id}`, (line) => ({ ...line, partial: "", text: said.text || line.text })),
  "reply.withdrawn": (model, said) => ({ ...model, talk: model.talk.filter((line) => line.key !== `reply-${said.reply_id}`) }),

  "takeover.started": (model, { by, ref }, { isNew }) =>
    isNew ? { ...model, takeover: { by, ref, isMine: model.me !== "" && personOf(ref) === model.me } } : model,
  "takeover.ended": (model, said, { isNew }) => (isNew ? { ...model, takeover: null } : model),

  "candidate.connected": (model, said, { isNew }) => (isNew ? { ...model, isConnected: true, awaySince: null } : model),
  "candidate.left": (model, said, { at, isNew }) =>
    isNew ? { ...model, isConnected: false, awaySince: at, drops: model.drops + 1 } : { ...model, awaySince: model.isConnected ? null : at },
  "participant.joined": (model, said, { isNew }) => (isNew ? { ...model, present: [...without(model.present, said.ref), said] } : model),
  "participant.left": (model, said, { isNew }) => (isNew ? { ...model, present: without(model.present, said.ref) } : model),
  "note.added": (model, said, { isNew }) =>
    isNew ? { ...model, notes: [...model.notes, { text: said.text, by: said.by, atMs: said.at_ms }] } : model,
  "session.ended": (model) => ({ ...model, isOver: true, takeover: null }),

  latency: (model, said) => {
    const others = model.latencies.filter((one) => one.turn !== said.turn_id);
    const newest = { turn: said.turn_id, endpoint: said.endpoint, transcribe: said.transcribe, total: said.total };
    return { ...model, latencies: [...others, newest].slice(-LATENCIES) };
  },
  level: (model, said) => ({ ...model, levelDb: said.dbfs }),
  health: (model, said, { now }) => ({
    ...model,
    isConnected: said.connected,
    awaySince: said.connected ? null : (model.awaySince ?? now),
    backlogMs: said.backlog_ms,
    drops: said.drops,
  }),
};

function settled(model, { time_left_ms: leftMs, total_questions: total }, now) {
  return {
    ...model,
    timeLeft: typeof leftMs === "number" ? { ms: leftMs, at: now } : model.timeLeft,
    question: model.question && { ...model.question, total: total ?? model.question.total },
  };
}

function heldBy(model, takeover) {
  if (!takeover) return { takeover: null };
  const { by, ref, is_mine: isMine } = takeover;
  return { takeover: { by, ref, isMine: Boolean(isMine) }, me: isMine ? personOf(ref) : model.me };
}

function answer(model, { question, intent, text }) {
  const isAnswer = question > 0 && !intent && text && !model.answered.includes(question);
  return isAnswer ? { ...model, answered: [...model.answered, question].sort((a, b) => a - b) } : model;
}

function withFact(model, message, at) {
  const text = factOf(message);
  if (!text) return model;
  return withLine(model, { key: `fact-${message.seq}`, side: "fact", text, isPrivate: message.type === "whisper.given", atMs: elapsedMs(model, at) });
}

function growLine(model, { reply_id: id, index, text }) {
  return changeLine(model, `reply-${id}`, (line) => {
    const sentences = [...(line.sentences ?? [])];
    sentences[index ?? sentences.length] = text;
    return { ...line, sentences, partial: "", text: sentences.filter(Boolean).join(" ") };
  });
}

function withLine(model, line) {
  const talk = model.talk.filter((one) => one.key !== line.key);
  return { ...model, talk: [...talk, line] };
}

function changeLine(model, key, change) {
  return { ...model, talk: model.talk.map((line) => (line.key === key ? change(line) : line)) };
}

function without(present, ref) {
  return present.filter((one) => one.ref !== ref);
}
