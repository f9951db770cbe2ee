/** What an observer knows of one interview: a fold over its log and the lossy lane beside it. Pure. */

const STANDING = new Set(["waiting", "practice", "paused", "ended"]);

export const EMPTY = Object.freeze({
  session: null,
  state: "",
  question: null,
  talk: [],
  partial: "",
  present: [],
  notes: [],
  consent: null,
  isConnected: null,
  drops: 0,
  backlogMs: 0,
  latencyMs: null,
  levelDb: null,
  timeLeft: null, // {ms, at}
  clock: { ranMs: 0, since: null }, // the interview's own, which stands still while paused
  queued: [], // questions that people put in while this page was open
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
  const rule = RULES[message.type];
  const at = message.at ? Date.parse(message.at) : now;
  const isNew = message.seq === undefined || message.seq > model.snapshotSeq;
  const next = rule ? rule(model, message, { at, now, isNew }) : model;
  return message.type !== SNAPSHOT && message.seq > next.seq ? { ...next, seq: message.seq } : next;
}

const SNAPSHOT = "monitor.snapshot";
const RULES = {
  [SNAPSHOT]: (model, said, { now }) => ({
    ...model,
    session: said.session,
    state: said.state,
    question: said.question,
    present: said.participants,
    notes: said.notes.map((note) => ({ text: note.text, by: note.by, atMs: note.at_ms })),
    consent: said.consent,
    isConnected: said.is_connected,
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
      clock: { ranMs, since: runs ? at : null },
      timeLeft: isNew && left !== null ? { ms: left, at: now } : model.timeLeft,
    };
  },
  "settings.changed": (model, said, { now, isNew }) =>
    isNew && typeof said.time_left_ms === "number" ? { ...model, timeLeft: { ms: said.time_left_ms, at: now } } : model,
  "consent.changed": (model, said) => ({ ...model, consent: said }),
  "question.started": (model, said, { isNew }) =>
    isNew ? { ...model, question: { number: said.number, total: said.total, text: said.text } } : model,

  "transcript.partial": (model, said) => ({ ...model, partial: said.text }),
  "transcript.final": (model, said) =>
    withLine({ ...model, partial: "" }, {
      key: `heard-${said.utterance_id}-${said.turn_id}`,
      side: "candidate",
      text: said.text,
      confidence: said.confidence,
      atMs: said.start_ms,
    }),
  "utterance.missed": (model, said) => withLine(model, fact(`missed-${said.utterance_id}`, "Something was said that could not be understood.", said.start_ms)),
  "turn.ended": (model, said, { at }) =>
    said.reason === "typed"
      ? withLine(model, { key: `typed-${said.turn_id}`, side: "candidate", text: said.text, isTyped: true, atMs: elapsedMs(model, at) })
      : model,

  "reply.started": (model, said, { at }) =>
    withLine(model, { key: `reply-${said.reply_id}`, side: "interviewer", text: "", by: said.by, atMs: elapsedMs(model, at) }),
  "sentence.sent": (model, said) => changeLine(model, `reply-${said.reply_id}`, (line) => ({ ...line, text: `${line.text} ${said.text}`.trim() })),
  "reply.finished": (model, said) => changeLine(model, `reply-${said.reply_id}`, (line) => ({ ...line, text: said.text })),
  "reply.withdrawn": (model, said) => ({ ...model, talk: model.talk.filter((line) => line.key !== `reply-${said.reply_id}`) }),

  "candidate.connected": (model, said, { at, isNew }) => {
    const next = isNew ? { ...model, isConnected: true } : model;
    return said.is_return ? withLine(next, fact(`back-${said.seq}`, "The candidate is back.", elapsedMs(model, at))) : next;
  },
  "candidate.left": (model, said, { at, isNew }) => {
    const next = isNew ? { ...model, isConnected: false, drops: model.drops + 1 } : model;
    return withLine(next, fact(`left-${said.seq}`, "The line to the candidate was lost.", elapsedMs(model, at)));
  },
  "participant.joined": (model, said, { isNew }) => (isNew ? { ...model, present: [...without(model.present, said.ref), said] } : model),
  "participant.left": (model, said, { isNew }) => (isNew ? { ...model, present: without(model.present, said.ref) } : model),
  "note.added": (model, said, { isNew }) =>
    isNew ? { ...model, notes: [...model.notes, { text: said.text, by: said.by, atMs: said.at_ms }] } : model,
  "question.queued": (model, said, { at, isNew }) =>
    withLine(isNew ? { ...model, queued: [...model.queued, said.question.text] } : model, fact(`queued-${said.seq}`, `${said.by} put in: ${said.question.text}`, elapsedMs(model, at))),
  "time.extended": (model, said, { at }) =>
    withLine(model, fact(`extended-${said.seq}`, `${said.by} added ${said.minutes} minutes.`, elapsedMs(model, at))),
  "session.ended": (model) => ({ ...model, isOver: true }),

  latency: (model, said) => ({ ...model, latencyMs: said.total }),
  level: (model, said) => ({ ...model, levelDb: said.dbfs }),
  health: (model, said) => ({ ...model, isConnected: said.connected, backlogMs: said.backlog_ms, drops: said.drops }),
};

function fact(key, text, atMs) {
  return { key, side: "fact", text, atMs };
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
