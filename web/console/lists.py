"""Lists of the console: a page at a time, searched and narrowed by what stands in the address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

ROWS = 25
LONGEST_SEARCH = 100


def searched(request: HttpRequest, rows: QuerySet[Any], *fields: str) -> QuerySet[Any]:
    """This will keep the rows that hold every word of `?q=` in one of `fields`."""
    for word in request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "").split():
        match = Q()
        for field in fields:
            match |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(match)
    return rows


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Model]:
    """This will give the page that `?page=` names; the nearest there is where it names none."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
