"""Jobs, candidates and interviewers in Django's admin."""

from django.contrib import admin

from hiring.models import Candidate, Interviewer, Job


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
