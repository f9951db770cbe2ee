"""The addresses of candidates and their résumés."""

from django.urls import URLPattern, path

from web.candidates import resumes, views

ONE = "candidates/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("candidates/", views.candidates, name="candidates"),
    path("candidates/new/", views.new_candidate, name="candidate_new"),
    path(ONE, views.one_candidate, name="candidate"),
    path(f"{ONE}change/", views.change_candidate, name="candidate_change"),
    path(f"{ONE}delete/", views.delete_candidate, name="candidate_delete"),
    path(f"{ONE}resume/", resumes.resume, name="candidate_resume"),
    path(f"{ONE}resume/remove/", resumes.remove_resume, name="candidate_resume_remove"),
]
