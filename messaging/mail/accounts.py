"""What accounts have sent by e-mail: links for a new password, and into a team. In the background, so that
asking takes as long whether or not somebody has that address.
"""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.mail import invitation_wanted, reset_wanted
from accounts.models import TeamInvitation, User
from accounts.reset_links import reset_link
from accounts.team_links import link_of
from interviews.background.kinds import GiveUpError, register
from interviews.background.rows import want
from interviews.background.threads import in_a_thread
from messaging.links import PLACE
from messaging.mail.outgoing import MailError, hand_over

RESET, INVITE = "mail.password_reset", "mail.team_invitation"


def want_reset(user_id: int | None, **_: object) -> None:
    """A row for nobody, too: it is dropped in the background."""
    want(RESET, str(user_id or 0), {"user": user_id or 0}, now=timezone.now())


def want_invitation(invitation_id: int, **_: object) -> None:
    want(INVITE, str(invitation_id), {"invitation": invitation_id}, now=timezone.now())


def send_reset(payload: dict[str, Any]) -> None:
    """The link is made now and kept nowhere."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user is not None:
        told = {"name": user.display_name, "place": PLACE}
        _send(user.email, "A new password for Viva", "password_reset", told, reset_link(user))


def send_invitation(payload: dict[str, Any]) -> None:
    rows = TeamInvitation.objects.select_related("organisation", "invited_by")
    found = rows.filter(pk=payload["invitation"]).first()
    if found is None or not found.is_open(timezone.now()):
        return
    by = found.invited_by.display_name if found.invited_by else found.organisation.name
    told = {
        "by": by,
        "organisation": found.organisation.name,
        "role": found.role,
        "until": found.expires_at,
        "place": PLACE,
    }
    _send(
        found.email, f"{by} invites you to {found.organisation.name}", "team_invitation", told, link_of(found)
    )


def _send(to: str, subject: str, name: str, told: dict[str, Any], link: str) -> None:
    """Raises MailError to be tried again, GiveUpError where that would not help."""
    text = render_to_string(f"messaging/{name}_email.txt", told)
    mail = EmailMultiAlternatives(
        " ".join(subject.split())[:200], text.strip().replace(PLACE, link) + "\n", to=[to]
    )
    try:
        hand_over(mail)
    except MailError as error:
        if error.is_permanent:
            raise GiveUpError(str(error)) from None
        raise


SENDING_RESET, SENDING_INVITATION = in_a_thread(send_reset), in_a_thread(send_invitation)


def wire() -> None:
    """This will be called once the apps are there; twice does no harm."""
    reset_wanted.connect(want_reset, dispatch_uid="messaging.mail.accounts.reset")
    invitation_wanted.connect(want_invitation, dispatch_uid="messaging.mail.accounts.invitation")
    register(RESET, SENDING_RESET)
    register(INVITE, SENDING_INVITATION)
