"""A forgotten password: a link by e-mail, worth one new password, that tells nobody who has an account."""

from django.db import transaction

from accounts.mail import NO_MAIL as NONE_LEAVES
from accounts.mail import is_mail_set, reset_wanted
from accounts.models import User
from accounts.own_account import give_password
from accounts.reset_links import find_reset
from accounts.security import Outcome, note
from rest.errors import ApiError

NO_MAIL = (
    f"{NONE_LEAVES}. Ask the person who runs it: they can set a new password for you "
    "(manage.py changepassword, or the admin pages)."
)
USED = "This link was used, is older than four hours, or is not whole. Ask for a new one."


def ask_for_reset(email: str, *, request: object = None) -> None:
    """The same work whether or not somebody has that address. Raises ApiError where no e-mail leaves."""
    if not is_mail_set():
        raise ApiError(409, "mail_not_set", NO_MAIL)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    outcome = Outcome.REFUSED if user is None else Outcome.OK
    note("password_reset", outcome, request=request, user=user, detail="asked for")
    reset_wanted.send(sender=User, user_id=None if user is None else user.pk)


@transaction.atomic
def reset_password(uid: str, token: str, password: str, *, request: object = None) -> User:
    """Raises ApiError where the link is worth nothing (any more). The caller has asked for the rules."""
    known = find_reset(uid, token)
    if known is not None:
        User.objects.select_for_update().get(pk=known.pk)
        known = find_reset(uid, token)  # of two at once, one comes second
    if known is None:
        note("password_reset", Outcome.REFUSED, request=request, detail="link")
        raise ApiError(400, "reset_link_over", USED)
    give_password(known, password, request=request, detail="by a link")
    return known
