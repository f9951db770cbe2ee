"""What the interviewer said, as an answer to the one who spoke."""

from typing import Any

from interviews.conversing import reply_to, rows_by_number
from interviews.evaluating import read_session
from interviews.models import Question, Session


def describe_reply(session: Session, after_seq: int) -> dict[str, Any] | None:
    """The interviewer's newest reply after event `after_seq`; None while it is still being found."""
    reply = reply_to(session, after_seq)
    if reply is None:
        return None
    number, row = current_question(session)
    return {
        "kind": reply.kind,
        "text": reply.text,
        "question_id": row.pk if row else None,
        "question_number": number,
    }


def current_question(session: Session) -> tuple[int, Question | None]:
    """The question that is being asked now, with its place in the conversation; 0 and None for none."""
    story = read_session(session)
    is_asking = story.state.flow.progress.phase == "question" and session.status == Session.Status.IN_PROGRESS
    number = story.state.flow.question_index + 1 if is_asking else 0
    return number, rows_by_number(session, story).get(number)
