/** What the room says about itself, in plain words. Pure. */

export const LOST = "We lost the line for a moment. Nothing you said is lost.";

/** The voice light: state and, for whoever sees no colour, its words. */
export function presence(model, { isTyping = false, isMuted = false } = {}) {
  if (model.link !== "open") return { light: "lost", words: LOST };
  if (model.isHeld) return { light: "paused", words: "Take your time. I'll wait." };
  if (isMuted && (model.state === "listening" || model.state === "candidate_speaking")) {
    return { light: "paused", words: "Your microphone is muted." };
  }
  return { light: model.state, words: (isTyping ? TYPING : SPEAKING)[model.state] ?? "" };
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

/** A person who has joined is named, and what they can do is said. */
export function presentLine(person, organisation) {
  const who = organisation ? `${person.name} from ${organisation}` : person.name;
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
