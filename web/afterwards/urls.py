"""The addresses of: the candidate's own page after the interview; the page itself is the room's."""

from django.urls import URLPattern, path

from web.afterwards.views import ask_people, correct_one, redo_one

ROOM = "room/<uuid:uuid>/"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}corrections/", correct_one, name="own_correction"),
    path(f"{ROOM}redo/", redo_one, name="own_redo"),
    path(f"{ROOM}requests/", ask_people, name="own_request"),
]
