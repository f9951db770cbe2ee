"""Tags of the console's templates: its navigation and links that keep what a list was narrowed by."""

from typing import Any

from django import template

from accounts.mail import NO_MAIL, PRINTED, is_mail_set
from web.console.navigation import SECTIONS, current_section

register = template.Library()
HAND_ON = (
    f"{NO_MAIL}: what it would send is {PRINTED}. "
    "To hand a link on yourself, make it on the interview’s page."
)


@register.simple_tag
def mail_notice() -> str:
    """What people should know before they have something sent; "" where e-mail leaves."""
    return "" if is_mail_set() else HAND_ON


@register.inclusion_tag("web/console/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The sections, the one of this page marked."""
    request = context.get("request")
    current = current_section(request.path) if request is not None else None
    return {"sections": SECTIONS, "current": current, "user": context.get("user")}
