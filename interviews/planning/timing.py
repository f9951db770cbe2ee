"""How long a plan takes: at least, usually and at most. Judged figures, not measured ones.

They add up to the five minutes for a question with two follow-ups that the bank plans with.
"""

from collections.abc import Iterable

from msgspec import Struct

from interviews.plan import Kind, Level, Plan, PlannedQuestion
from interviews.spoken_words import words

WORDS_PER_SECOND = 2.4  # a calm voice, about 145 words a minute
FRAME_S = 75  # greeting, what happens next, the candidate's own questions at the end, closing
REPLY_S = 8  # acknowledgement and pause before the next question
THINKING_S = 6
SHORTEST_ANSWER_S = 20
FOLLOW_UP_S = 50  # with its question
LONG_FOLLOW_UP_S = 75
LONGER = 1.7  # an answer at most, beside a usual one
_ANSWER_S: dict[Kind, int] = {"behavioral": 90, "technical": 80, "coding": 130, "system_design": 150}
_OF_LEVEL: dict[Level, float] = {"beginner": 0.85, "intermediate": 1.0, "advanced": 1.2}


class Span(Struct, frozen=True):
    least_s: int = 0
    usual_s: int = 0
    most_s: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.least_s + other.least_s, self.usual_s + other.usual_s, self.most_s + other.most_s)

    @property
    def minutes(self) -> tuple[float, float, float]:
        """Least, usual, most, to half a minute."""
        least, usual, most = (
            round(seconds / 30) / 2 for seconds in (self.least_s, self.usual_s, self.most_s)
        )
        return least, usual, most


def time_of(plan: Plan) -> Span:
    """Of the whole interview, without pauses and technical trouble."""
    return time_of_questions(plan.questions, plan.max_follow_ups)


def time_of_questions(questions: Iterable[PlannedQuestion], max_follow_ups: int) -> Span:
    frame = Span(FRAME_S // 2, FRAME_S, FRAME_S * 2)
    return sum((time_of_question(question, max_follow_ups) for question in questions), frame)


def time_of_question(question: PlannedQuestion, max_follow_ups: int) -> Span:
    """Of one question with its answer and its follow-ups; a verbatim one has none."""
    asked = round(len(words(question.text)) / WORDS_PER_SECOND) + REPLY_S + THINKING_S
    answer = round(_ANSWER_S[question.kind] * _OF_LEVEL[question.difficulty])
    follow_ups = max_follow_ups if question.mode == "adaptive" else 0
    return Span(
        asked + SHORTEST_ANSWER_S,
        asked + answer + min(follow_ups, 1) * FOLLOW_UP_S,
        asked + round(answer * LONGER) + follow_ups * LONG_FOLLOW_UP_S,
    )


def time_note(plan: Plan) -> str:
    """What somebody should know about the time before using the plan; "" when it fits."""
    span = time_of(plan)
    _, usual, most = span.minutes
    if span.usual_s > plan.duration_minutes * 60:
        return (
            f"The questions usually take {usual:g} minutes, more than the {plan.duration_minutes} planned: "
            "the last ones may not be reached. Leave some out or plan more time."
        )
    if most > 2 * plan.duration_minutes:
        return f"With long answers this can take {most:g} minutes; {plan.duration_minutes} are planned."
    return ""
