"""Jobs, candidates and interviewers in Django's admin."""

from django.contrib import admin
from django.http import HttpRequest

from hiring.models import Candidate, Interviewer, Job, Plan


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ("title", "organisation", "created_at")
    list_filter = ("organisation",)
    search_fields = ("title", "description")
    list_select_related = ("organisation",)


@admin.register(Candidate)
class CandidateAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "phone", "organisation", "created_at")
    list_filter = ("organisation",)
    search_fields = ("name", "email", "phone")
    list_select_related = ("organisation",)


@admin.register(Interviewer)
class InterviewerAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "user", "organisation")
    list_filter = ("organisation",)
    search_fields = ("name", "email")
    list_select_related = ("organisation", "user")
    autocomplete_fields = ("user",)


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    """To be read: a version that somebody was interviewed by stays as it was."""

    list_display = ("name", "version", "is_current", "organisation", "job", "created_at")
    list_filter = ("is_current", "organisation")
    search_fields = ("name",)
    list_select_related = ("organisation", "job")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False
