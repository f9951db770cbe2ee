"""The addresses of: what candidates ask of the people behind an interview."""

from django.urls import URLPattern, path

from web.inbox import answering, erasing, listing

ONE = "requests/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("requests/", listing.requests, name="requests"),
    path(ONE, answering.one_request, name="request"),
    path(f"{ONE}copy.json", answering.copy_for_candidate, name="request_copy"),
    path(f"{ONE}erase/", erasing.erase, name="request_erase"),
]
