"""The first page: what this place is. Programs that want JSON get the root of the interface."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from interviews.api.views.root import Root


@require_safe
@vary_on_headers("Accept")
def landing(request: HttpRequest) -> HttpResponseBase:
    """This will say what this place is and where to go from here."""
    if request.accepts("application/json") and not request.accepts("text/html"):
        return Root.as_view()(request)
    return render(request, "web/landing.html")
