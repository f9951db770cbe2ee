"""The addresses of: figures over many interviews, and of a question that only counts there."""

from django.urls import URLPattern, path

from web.dashboard.groups import own_groups
from web.dashboard.views import dashboard

urlpatterns: list[URLPattern] = [
    path("dashboard/", dashboard, name="dashboard"),
    path("room/<uuid:uuid>/groups/", own_groups, name="own_groups"),
]
