"""Jobs, candidates, interviewers and interviews in Django's admin."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.read_only_admin import ReadOnlyAdmin, ReadOnlyInline, shortened
from hiring.models import Candidate, Decision, Interview, Interviewer, Job, OpenLink, Plan, Round


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ("title", "organisation", "created_at")
    search_fields = ("title", "description", "organisation__name")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
    readonly_fields = ("created_at",)
    date_hierarchy = "created_at"


@admin.register(Candidate)
class CandidateAdmin(admin.ModelAdmin):
    """A résumé's file is uploaded over REST only, where it is read apart from the server first."""

    list_display = ("name", "email", "phone", shortened("resume_name", to=20), "organisation")
    list_filter = ("time_zone",)
    search_fields = ("name", "email", "phone", "organisation__name")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
    exclude = ("resume",)
    readonly_fields = (
        "resume_name", "resume_size", "resume_uploaded_at", "resume_note", "consents", "created_at",
        "updated_at",
    )  # fmt: skip


@admin.register(Interviewer)
class InterviewerAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "user", "organisation")
    search_fields = ("name", "email", "organisation__name")
    list_select_related = ("organisation", "user")
    autocomplete_fields = ("organisation", "user")
    readonly_fields = ("created_at",)


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    """To be read: a version that somebody was interviewed by stays as it was."""

    list_display = ("name", "version", "is_current", "job", "organisation", "created_at")
    list_filter = ("is_current", "mode")
    search_fields = ("name", "job__title", "organisation__name")
    list_select_related = ("organisation", "job")
    heavy = ("content",)

    def has_delete_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(OpenLink)
class OpenLinkAdmin(ReadOnlyAdmin):
    """To be read and taken away; the link itself is kept nowhere."""

    list_display = ("job", "plan", "uses", "most_uses", "expires_at", "revoked_at")
    search_fields = ("job__title", "plan__name", "job__organisation__name")
    list_select_related = ("job", "plan")
    exclude = ("token_hash",)

    def has_delete_permission(self, request: HttpRequest, obj: OpenLink | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


class RoundInline(ReadOnlyInline):
    model = Round
    fields = ("order", "kind", "title", "status", "scheduled_at", "duration_minutes", "interviewer")
    related = ("interviewer",)
    ordering = ("order",)


class DecisionInline(ReadOnlyInline):
    model = Decision
    fields = ("verdict", "reason", "decided_by_name", "decided_at")


@admin.register(Interview)
class InterviewAdmin(ReadOnlyAdmin):
    """To be read: statuses, times and rounds follow from each other, which a form would not see to."""

    list_display = ("__str__", "organisation", "status", "scheduled_at", "job_fit_score", "created_at")
    list_filter = ("status",)
    search_fields = ("title", "candidate__name", "candidate__email", "job__title", "organisation__name")
    list_select_related = ("candidate", "job", "organisation")
    date_hierarchy = "created_at"
    inlines = (RoundInline, DecisionInline)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("interview", "verdict", shortened("reason", to=40), "decided_by_name", "decided_at")
    date_hierarchy = "decided_at"
    list_filter = ("verdict",)
    search_fields = (
        "reason", "decided_by_name", "interview__candidate__name", "interview__organisation__name",
    )  # fmt: skip
    list_select_related = ("interview__candidate", "interview__job")
