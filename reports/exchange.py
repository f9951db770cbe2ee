"""What was said to one question after it was put, in its order."""

from reports.content import FollowUp, Question, Words


def in_turn(question: Question) -> tuple[Words | FollowUp, ...]:
    """Follow-ups and answers as they came; nothing where it isn't known when each of them was said.

    What was typed is known by when it was sent, and the reply to it may begin in the same moment.
    """
    answers = question.answer.turns if question.answer else ()
    said: list[Words | FollowUp] = [*answers, *question.follow_ups]
    if not answers or any(one.at_ms is None for one in said):
        return ()
    return tuple(sorted(said, key=lambda one: one.at_ms or 0))  # answers come first among equals
