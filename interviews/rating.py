"""People's own ratings: given on the anchors, changed by giving them again, the first one kept."""

from django.db.models import QuerySet
from msgspec import Struct

from accounts.models import User
from interviews.models import Rating, Session
from interviews.models.rating import WHOLE_SESSION
from interviews.retention import ERASED, is_erased
from interviews.sealing import seal_for


class RatingError(Exception):
    """It can't be rated: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Given(Struct, frozen=True):
    """With number 0 it is of the whole interview."""

    number: int
    score: int
    comment: str = ""


def rate(session: Session, given: Given, *, by: User) -> tuple[Rating, bool]:
    """Keep it in the place of one's former; gives whether it is the first. Raises RatingError."""
    if session.started_at is None:
        raise RatingError("not_started", "The interview has not begun yet.")
    if is_erased(session):
        raise RatingError("erased", ERASED)
    if given.number != WHOLE_SESSION and given.number > session.questions.count():
        raise RatingError("no_such_question", "This interview has no such question.")
    values = {"score": given.score, "comment": given.comment, "author_name": by.display_name}
    return Rating.objects.update_or_create(session=session, author=by, number=given.number, defaults=values)


def ratings_shown_to(user: User | None, session: Session, *, may_rate: bool) -> QuerySet[Rating]:
    """Whoever may rate reads the others' of an answer after their own: an opinion each of their own. To all
    who only watch a rating is sealed as long as the score beside it.
    """
    rows = session.ratings.order_by("number", "pk")
    if may_rate:
        return rows.filter(number__in=rows.filter(author=user).values("number"))
    seal = seal_for(user, session)
    return rows.filter(number__in=seal.rated) if seal.hides_whole else rows
