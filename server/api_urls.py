"""The map of the REST interface, included below /api/ and /api/v1/: every package's addresses, joined."""

from django.urls import re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

from accounts.api.urls import ROUTES as ACCOUNTS
from hiring.api.urls import ROUTES as HIRING
from interviews.api.urls import ROUTES as INTERVIEWS
from interviews.api.views.root import Nothing
from messaging.api.urls import ROUTES as MESSAGING
from rest.addresses import Routes, with_and_without

DOCUMENTS: Routes = {
    "schema/": (SpectacularAPIView.as_view(), "schema"),
    "docs/": (SpectacularSwaggerSplitView.as_view(url_name="schema"), "api-docs"),
    "redoc/": (
        SpectacularRedocView.as_view(url_name="schema", template_name="interviews/redoc.html"),
        "api-redoc",
    ),
}

urlpatterns = [
    *with_and_without({**INTERVIEWS, **ACCOUNTS, **HIRING, **MESSAGING, **DOCUMENTS}),
    re_path(r"^.*$", Nothing.as_view()),
]
