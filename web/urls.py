"""The addresses that people open."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from web.views.invitation import open_invitation
from web.views.landing import landing
from web.views.notice import notice_page
from web.views.room import appointment, room

AREAS = (
    "monitor",
    "team",
    "set_up",
    "candidates",
    "interviews",
    "review",
    "inbox",
    "dashboard",
    "afterwards",
)

app_name = "web"
urlpatterns = [
    path("", landing, name="landing"),
    path("i/<str:token>/", open_invitation, name="invitation"),
    path("notice/<uuid:uuid>/<str:mark>/", notice_page, name="notice"),
    path("room/<uuid:uuid>/", room, name="room"),
    path("room/<uuid:uuid>/interview.ics", appointment, name="appointment"),
    path(
        "sign-in/",
        LoginView.as_view(template_name="web/sign_in.html", redirect_authenticated_user=True),
        name="sign_in",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    *(path("", include(f"web.{area}.urls")) for area in AREAS),
]
