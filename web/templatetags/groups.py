"""Whether the candidate's page asks which groups they count themselves to."""

from typing import Any

from django import template

from interviews.groups import has_answered, is_asked
from interviews.models import GroupAnswer, Session

register = template.Library()


@register.simple_tag
def groups_question(session: Session) -> dict[str, Any] | None:
    """The choices, and whether there is an answer; None where nobody asks."""
    if not is_asked(session):
        return None
    return {
        "sexes": GroupAnswer.Sex.choices,
        "ethnicities": GroupAnswer.Ethnicity.choices,
        "is_answered": has_answered(session),
    }
