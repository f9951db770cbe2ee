"""Every address below /api/, each with and without its last slash, for every method."""

from typing import Any

from django.urls import URLPattern, path

Routes = dict[str, tuple[Any, str]]  # address: the view and its name


def with_and_without(routes: Routes) -> list[URLPattern]:
    """Each route twice. The one with the slash has the name and stands in the schema."""
    named = [path(route, view, name=name) for route, (view, name) in routes.items()]
    return named + [path(route.removesuffix("/"), view) for route, (view, _) in routes.items() if route]
