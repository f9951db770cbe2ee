"""Which judgements one person does not see on the pages of a review yet."""

from accounts.models import Sealing
from interviews.api.entering import Entry
from interviews.models import Session
from interviews.sealing import Seal, seal_for


def review_seal(entry: Entry) -> Seal:
    """Those who may rate form an opinion first, after the interview too, unless their organisation wants none
    of it. Everybody else sees what the interface shows them.
    """
    session, user = entry.session, entry.user
    organisation = session.organisation
    is_sealable = organisation is not None and organisation.sealing != Sealing.OFF
    if user is None or not entry.may_note or not is_sealable or session.purpose != Session.Purpose.HIRING:
        return seal_for(user, session)
    rated = session.ratings.filter(author=user).values_list("number", flat=True)
    return Seal(lies=True, rated=frozenset(rated))
