"""Hides Job Fit Scores from people who are not to see them yet.

Whom a score is hidden from is known above, where sessions and ratings are; that package says so here once.
"""

from collections.abc import Callable

from django.db.models import BooleanField, Case, Exists, F, FloatField, Q, QuerySet, Value, When

from accounts.models import User
from hiring.models import Interview

Rule = Callable[[User], Q | Exists]
_rules: list[Rule] = []


def hide_where(rule: Rule) -> None:
    """`rule` gives a condition on interviews whose score that person does not see. Called at the start."""
    _rules.append(rule)


def with_shown_scores(rows: QuerySet[Interview], user: User) -> QuerySet[Interview]:
    """Each with `shown_fit_score`, which is also what to order by, and whether `fit_is_hidden`."""
    hidden = [When(rule(user), then=Value(True)) for rule in _rules]
    marked = rows.annotate(
        fit_is_hidden=Case(*hidden, default=Value(False), output_field=BooleanField())
        if hidden
        else Value(False)
    )
    shown = Case(When(fit_is_hidden=False, then=F("job_fit_score")), output_field=FloatField())
    return marked.annotate(shown_fit_score=shown)
