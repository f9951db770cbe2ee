"""Addresses of the live list and of the monitor of one session."""

from django.urls import path

from web.monitor.views import live_list, one_session

urlpatterns = [
    path("monitor/", live_list, name="monitor"),
    path("monitor/<uuid:uuid>/", one_session, name="monitor_one"),
]
