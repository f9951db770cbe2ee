"""Keeps scores from people who have not rated yet, so that their judgement is their own.

A seal lies on every question and on the whole interview, for each person apart. Rating a question opens that
question; rating the whole opens all of it. It lies while the interview runs and, where the organisation wants
it, afterwards. Practice is nobody's verdict and is never sealed; what candidates read is decided elsewhere.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from msgspec import Struct

from accounts.models import Organisation, Sealing, User
from interviews.models import Rating, Session
from interviews.models.rating import WHOLE_SESSION

SENTENCE = "Scores of this interview are sealed until you have rated it yourself."


class Seal(Struct, frozen=True):
    """What one person does not see of one interview yet."""

    lies: bool
    rated: frozenset[int] = frozenset()

    def hides(self, number: int) -> bool:
        """Whether the judgement of that question, or with 0 of the whole, is hidden."""
        return self.lies and WHOLE_SESSION not in self.rated and number not in self.rated

    @property
    def hides_whole(self) -> bool:
        return self.hides(WHOLE_SESSION)


OPEN = Seal(lies=False)


def seal_for(user: User | None, session: Session) -> Seal:
    """The seal that lies on `session` for `user`; for the candidate (None) there is none. One query."""
    if user is None or not _lies_on(session):
        return OPEN
    rated = session.ratings.filter(author=user).values_list("number", flat=True)
    return Seal(lies=True, rated=frozenset(rated))


def _lies_on(session: Session) -> bool:
    if session.organisation is None or session.purpose != Session.Purpose.HIRING:
        return False
    mode = session.organisation.sealing
    return mode == Sealing.RATED or (mode == Sealing.LIVE and not session.is_over)


def seals_what_was_heard(session: Session) -> bool:
    """Whether nobody is to be told in passing which expected points were heard. It helps whoever watches;
    after the end nobody is to be helped, and by words alone it is the score.
    """
    return session.is_over and _lies_on(session)


def sealed_for(user: User, path: str = "") -> Q:
    """A filter on the sessions at the end of `path` whose whole is hidden from `user`."""
    own = Rating.objects.filter(session=OuterRef(f"{path}pk"), author=user, number=WHOLE_SESSION)
    always = _at(path, organisation__sealing=Sealing.RATED)
    for_now = _at(path, organisation__sealing=Sealing.LIVE) & ~_at(path, status__in=Session.OVER)
    return _at(path, purpose=Session.Purpose.HIRING) & (always | for_now) & ~Q(Exists(own))


def _at(path: str, **fields: Any) -> Q:
    return Q(**{f"{path}{name}": value for name, value in fields.items()})


def seals_what_is_over(organisations: tuple[int, ...] | None) -> bool:
    """Whether one of these (None: of all) seals beyond the end, so that figures have to look. One query."""
    rows = Organisation.objects.filter(sealing=Sealing.RATED)
    return (rows if organisations is None else rows.filter(pk__in=organisations)).exists()
