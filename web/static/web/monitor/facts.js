/** What happens beside the talk, as plain facts for those who watch. Pure. */

const OFFERED = { text: "to type instead", break: "a break", reschedule: "another day", skip: "to skip the question" };
const DID = {
  "question.skip": "skipped the question.",
  "question.rephrase": "had the question put in other words.",
  "session.pause": "paused the interview.",
  "session.resume": "let the interview go on.",
};
const ENDED = {
  completed: "The interview is over.",
  ended_by_candidate: "The candidate ended the interview.",
  ended_by_observer: "A person ended the interview.",
  rescheduled: "The interview ends here; another day was asked for.",
  abandoned: "The interview was given up.",
  cancelled: "The interview was called off.",
};

const RULES = {
  "candidate.connected": ({ is_return: isReturn }) => isReturn && "The candidate is back.",
  "candidate.left": () => "The line to the candidate was lost.",
  "mic.state": ({ muted }) => (muted ? "The candidate muted the microphone." : "The microphone is on again."),
  "page.state": ({ hidden }) => (hidden ? "The page is in the background." : "The page is in front again."),
  "audio.missing": ({ from, to }) => `${((to - from) / 16000).toFixed(1)} s of sound were lost on the way.`,
  "utterance.missed": () => "Something was said that could not be understood.",
  "silence.noticed": () => "Nothing was said for a while.",
  "turn.held": () => "The candidate asked for a moment.",
  "turn.ended": ({ intent }) => intent === "skip" && "The candidate skipped the question.",
  "turn.reopened": () => "The candidate went on.",
  "time.ran_out": () => "The time is up; the running answer may finish.",
  "time.extended": ({ by, minutes }) => `${by} added ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  "question.queued": ({ by, question }) => `${by} put in: ${question.text}`,
  "whisper.given": ({ by, text }) => `${by} whispered to the interviewer: ${text}`,
  "takeover.started": ({ by }) => `${by} took over.`,
  "takeover.ended": ({ by, reason }) => (reason === "handed_back" ? `${by} handed back.` : `${by} no longer speaks with the candidate.`),
  "offer.made": ({ by, offer }) => `${by === "ai" ? "The interviewer" : by} offered ${OFFERED[offer] ?? offer}.`,
  "command.applied": ({ by, kind }) => DID[kind] && `${by} ${DID[kind]}`,
  "consent.changed": ({ listening }) => `The candidate ${listening ? "agrees" : "does not agree"} that people listen in.`,
  "session.ended": ({ reason }) => ENDED[reason],
};

/** The sentence for a logged message, or "" where there is nothing to tell. */
export function factOf(message) {
  if (message.seq === undefined) return "";
  return RULES[message.type]?.(message) || "";
}
