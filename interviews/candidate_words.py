"""What a judgement may say to the candidate: their own words and structure, never what was expected."""

from interviews.evaluation import AnswerEvaluation


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
    """How the answer was built, and what would make it easier to follow."""
    if answer.status != "scored":
        return answer.reason
    if answer.for_candidate is not None and answer.for_candidate.feedback:
        return answer.for_candidate.feedback
    heard = [one.note for one in answer.criteria if one.name == "clarity" and one.note]
    return " ".join([*heard, *improvements_for_candidate(answer)])
