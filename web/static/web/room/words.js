/** What the room says about itself, in plain words. Pure. */

export const LOST = "We lost the line for a moment. Nothing you said is lost.";

/** The voice light: state and, for whoever sees no colour, its words. */
export function presence(model, { isTyping = false, isMuted = false } = {}) {
  if (model.link !== "open") return { light: "lost", words: LOST };
  if (model.isEnding && !model.ended) return { light: "thinking", words: "One moment. Your last words are being written down." };
  if (model.isHeld) return { light: "paused", words: "Take your time. I'll wait." };
  if (isMuted && (model.state === "listening" || model.state === "candidate_speaking")) {
    return { light: "paused", words: "Your microphone is muted." };
  }
  if (model.state === "taken_over") return withPerson(model, { isMuted, isTyping });
  return { light: model.state, words: (isTyping ? TYPING : SPEAKING)[model.state] ?? "" };
}

/** There is nobody to take turns with: the person speaks, or can be spoken to. */
function withPerson({ takeover, isPlaying, present }, { isMuted, isTyping }) {
  const name = takeover?.by ?? "A person";
  if (isPlaying) return { light: "interviewer_speaking", words: `${name} is speaking.` };
  if (isMuted) return { light: "paused", words: "Your microphone is muted." };
  if (isTyping) return { light: "listening", words: `${name} reads what you write.` };
  const isHeard = people(present).some((one) => one.listening && one.name === name); // taking over is not listening in
  return { light: "listening", words: isHeard ? `${name} hears you. Just speak.` : `${name} reads what you say. Just speak.` };
}

const SPEAKING = {
  waiting: "One moment…",
  practice: "Practising",
  listening: "I'm listening. Take your time.",
  candidate_speaking: "I hear you.",
  thinking: "Thinking about what you said…",
  interviewer_speaking: "Speaking",
  paused: "Paused. The clock stands still.",
  taken_over: "A person is speaking with you.",
  ended: "The interview is over.",
};
const TYPING = {
  ...SPEAKING,
  listening: "It is your turn. Take your time.",
  candidate_speaking: "It is your turn. Take your time.",
  thinking: "Reading what you wrote…",
  interviewer_speaking: "The interviewer's turn",
};

export function position(question) {
  return question ? `· Question ${question.number} of ${question.total}` : "";
}

/** Who is here, with whoever speaks in the interviewer's place first. */
export function presentLines({ present, takeover, handedBack, session }) {
  const organisation = session?.organisation;
  const lines = [];
  if (takeover) lines.push(`${named(takeover.by, organisation)} is speaking with you now, instead of the AI interviewer.`);
  if (handedBack) lines.push(`${named(handedBack.by, organisation)} has given the word back. The AI interviewer goes on.`);
  const others = people(present).filter((one) => one.listening || one.name !== takeover?.by);
  return [...lines, ...others.map((person) => presentLine(person, organisation))];
}

function named(name, organisation) {
  return organisation ? `${name} from ${organisation}` : name;
}

/** Who says or asks what stands beside the question; "" for the interviewer itself. */
export function byLine(reply) {
  if (!reply || !reply.by || reply.by === "ai") return "";
  return `${reply.by}:`;
}

/** Each person once, however many windows they watch from; listening in one of them is listening. */
function people(present) {
  const names = [...new Set(present.map((one) => one.name))];
  return names.map((name) => ({ name, listening: present.some((one) => one.name === name && one.listening) }));
}

/** A person who has joined is named, and what they can do is said. */
export function presentLine(person, organisation) {
  const who = named(person.name, organisation);
  return person.listening ? `${who} is here and is listening.` : `${who} is here and can read along.`;
}

export const OFFERS = {
  text: { text: "Would you rather type your answers?", accept: "Yes, I'll type" },
  break: { text: "Would you like a short break? The clock stands still meanwhile.", accept: "Take a break" },
  skip: { text: "Shall we leave this question and take the next?", accept: "Take the next question" },
  reschedule: {
    text: "Would another day be better? The interview ends here, and the people who invited you are told.",
    accept: "Another day, please",
  },
};

export function verdictOnLevel(loudestDb, speechDb) {
  if (loudestDb > speechDb + 8) return "We hear you well.";
  if (loudestDb > speechDb) return "We hear you, a little quietly. Come closer, or speak up a bit.";
  return "We hear nothing yet.";
}

export const ECHO_VERDICTS = {
  clean: "Good: the loudspeaker does not come back through your microphone. You can speak while the interviewer does.",
  echo: "The loudspeaker comes back through your microphone. That is fine: while the interviewer speaks, your microphone rests, and “Let me speak” lets you cut in. With headphones you can just speak.",
  unclear: "We could not tell. You can go on all the same.",
  silent: "This browser has no voice. The interviewer's words stand on the page to read, so there is nothing to test.",
};

/** What was agreed to, before it begins. */
export function choicesLine(consent) {
  const parts = [
    consent.ai_evaluation ? "a program may evaluate your answers" : "nothing is scored, a person reads your answers",
    consent.recording ? "your voice is recorded" : "your voice is not recorded",
    consent.listening ? "the team may listen in" : "nobody listens in",
  ];
  return `Your choice: ${parts.join("; ")}.`;
}
