"""What a judgement may say to the candidate: their own words and structure, never what was expected."""

from interviews.evaluation import AnswerEvaluation
from interviews.evaluation.lexical import WORDS_POINT_TO
from reports.evidence import most_telling

LEFT_OPEN = "You left this question open. That lowers nothing."
NOTHING_RECOGNISED = (
    "A program compared your words with those it listens for and recognised none of them. It does not hear "
    "what is said in other words, so a person may well find more in your answer."
)
HEARD_IN_PART = "Part of what was listened for was heard, most clearly here:"
MAY_HOLD_MORE = "There may be more in it: a program misses what is said in other words."


def strengths_for_candidate(answer: AnswerEvaluation) -> list[str]:
    """The candidate's own sentences that carried the answer; the points they match stay unsaid."""
    quotes = [finding.quote.text for finding in answer.strengths if finding.quote is not None]
    return list(dict.fromkeys(quotes))


def improvements_for_candidate(answer: AnswerEvaluation) -> list[str]:
    """Without those that name a point which was expected."""
    if answer.for_candidate is not None:
        return list(answer.for_candidate.improvements)
    return [
        finding.text
        for finding in answer.improvements
        if not any(point in finding.text for point in answer.missed_points)
    ]


def feedback_for_candidate(answer: AnswerEvaluation) -> str:
    """What of their own words carried the answer, how it was built, and how to be easier to follow."""
    if answer.status == "skipped":
        return LEFT_OPEN
    if answer.status != "scored":
        return answer.reason
    if answer.for_candidate is not None and answer.for_candidate.feedback:
        return answer.for_candidate.feedback
    parts = (_what_was_heard(answer), _how_it_was_built(answer), *improvements_for_candidate(answer))
    return " ".join(part for part in parts if part)


def _what_was_heard(answer: AnswerEvaluation) -> str:
    """In their own words alone: never what was expected; and a program may miss things."""
    best = most_telling([one.quote for one in answer.covered_points if one.quote is not None])
    if not answer.covered_points or best is None:
        return NOTHING_RECOGNISED
    if not answer.missed_points:
        return f"Your answer spoke to everything that was listened for, above all here: “{best.text}”"
    return f"{HEARD_IN_PART} “{best.text}” {MAY_HOLD_MORE}"


def _how_it_was_built(answer: AnswerEvaluation) -> str:
    notes = [one.note for one in answer.criteria if one.name == "clarity"]
    found = [note.removeprefix(WORDS_POINT_TO) for note in notes if note.startswith(WORDS_POINT_TO)]
    return f"What made it easy to follow: {found[0]}" if found else ""
