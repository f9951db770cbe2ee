"""Sessions in Django's admin: links are issued, logs verified, and what was said is only looked at."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from interviews.background.rows import run_again
from interviews.live.hash_chain import verify_chain
from interviews.live.log import read_chain
from interviews.models import (
    Command,
    Evaluation,
    Event,
    ModelUse,
    Note,
    Question,
    RecordingSegment,
    Report,
    Request,
    Session,
    Task,
    Turn,
)
from interviews.retention import erase_session
from interviews.sessions import issue_token, revoke_token

CHANGEABLE = ("title", "description", "candidate_name", "scheduled_at", "token_expires_at", "retain_until")


class QuestionInline(ReadOnlyInline):
    model = Question
    fields = ("order", "text", "kind", "competency", "difficulty")


class TurnInline(ReadOnlyInline):
    model = Turn
    fields = ("seq", "speaker", "question_number", "channel", "by", "text", "correction", "confidence")


class NoteInline(ReadOnlyInline):
    model = Note
    fields = ("author_name", "text", "at_ms", "created_at")


class ModelUseInline(ReadOnlyInline):
    model = ModelUse
    fields = (
        "purpose", "model", "requests", "failures",
        "input_tokens", "cached_tokens", "output_tokens", "is_estimate",
    )  # fmt: skip


class RequestInline(admin.TabularInline):
    model = Request
    extra = 0
    fields = ("kind", "text", "status", "answer", "created_at", "answered_at")
    readonly_fields = ("kind", "text", "created_at")


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    list_display = ("__str__", "candidate_name", "organisation", "status", "started_at", "ended_at", "seq")
    list_filter = ("status", "purpose", "organisation", "language")
    list_select_related = ("organisation",)
    search_fields = ("title", "candidate_name", "job_role", "uuid")
    date_hierarchy = "created_at"
    inlines = (QuestionInline, TurnInline, NoteInline, RequestInline, ModelUseInline)
    actions = ("issue_links", "revoke_links", "verify_logs", "erase")
    exclude = ("token_hash",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a session needs a plan and a link: made by the API or `manage.py demo`

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False  # words are erased and the chain of the log stays; see docs/security.md

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> list[str]:
        return [
            field.name
            for field in Session._meta.fields
            if field.name not in CHANGEABLE and field.name not in self.exclude
        ]

    @admin.action(description="Issue a new link (the former one stops working)", permissions=("change",))
    def issue_links(self, request: HttpRequest, chosen: QuerySet[Session]) -> None:
        for session in chosen:
            link = request.build_absolute_uri(f"/i/{issue_token(session, timezone.now())}/")
            self.message_user(request, f"{session}: {link} (shown only this once)", messages.SUCCESS)

    @admin.action(description="Revoke the link", permissions=("change",))
    def revoke_links(self, request: HttpRequest, chosen: QuerySet[Session]) -> None:
        for session in chosen:
            revoke_token(session)
        self.message_user(request, f"{len(chosen)} links no longer open anything.", messages.SUCCESS)

    @admin.action(description="Verify the log", permissions=("view",))
    def verify_logs(self, request: HttpRequest, chosen: QuerySet[Session]) -> None:
        for session in chosen:
            verdicts, is_whole = verify_chain(str(session.uuid), read_chain(session), session.head_hash)
            is_sound = is_whole and "broken" not in verdicts
            told = f"{session}: {len(verdicts)} events, {verdicts.count('erased')} erased, "
            level = messages.SUCCESS if is_sound else messages.ERROR
            self.message_user(request, told + ("intact." if is_sound else "BROKEN."), level)

    @admin.action(description="Erase what was said…", permissions=("change",))
    def erase(self, request: HttpRequest, chosen: QuerySet[Session]) -> HttpResponse | None:
        """Only of interviews that are over; a running one would go on writing."""
        over = [session for session in chosen if session.is_over]
        if len(over) < len(chosen):
            self.message_user(request, "Interviews that are not over can't be erased.", messages.ERROR)
            return None
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "chosen": over,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return render(request, "interviews/admin_erase.html", context)
        for session in over:
            erase_session(session)
        self.message_user(request, f"Erased what was said in {len(over)} interviews.", messages.SUCCESS)
        return None


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("session_id", "seq", "type", "at", "is_erased")
    list_filter = ("type",)
    search_fields = ("session__uuid",)
    date_hierarchy = "at"
    show_full_result_count = False  # counting a long log takes longer than showing a page of it

    @admin.display(boolean=True, description="erased")
    def is_erased(self, event: Event) -> bool:
        return event.payload is None


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ("session", "number", "run", "is_current", "overall", "evaluator", "model", "created_at")
    list_filter = ("evaluator", "model", "is_current")
    list_select_related = ("session",)


@admin.register(ModelUse)
class ModelUseAdmin(ReadOnlyAdmin):
    list_display = ("session", "purpose", "model", "requests", "failures", "input_tokens", "output_tokens")
    list_filter = ("purpose", "model")
    list_select_related = ("session",)


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key", "status", "attempts", "due_at", "claimed_by", "error")
    list_filter = ("status", "kind")
    actions = ("run_again",)

    @admin.action(description="Run again", permissions=("view",))
    def run_again(self, request: HttpRequest, chosen: QuerySet[Task]) -> None:
        count = run_again(list(chosen.values_list("pk", flat=True)), now=timezone.now())
        self.message_user(request, f"{count} failed tasks are tried again within a minute.", messages.SUCCESS)


@admin.register(Command)
class CommandAdmin(ReadOnlyAdmin):
    list_display = ("session_id", "kind", "status", "by_name", "created_at", "done_at", "message")
    list_filter = ("status", "kind")
    search_fields = ("session__uuid", "command_id")


@admin.register(RecordingSegment)
class RecordingSegmentAdmin(ReadOnlyAdmin):
    list_display = ("session_id", "side", "offset", "samples", "name")
    search_fields = ("session__uuid",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("session", "generated_at")
    list_select_related = ("session",)


@admin.register(Request)
class RequestAdmin(admin.ModelAdmin):
    list_display = ("session", "kind", "status", "created_at", "answered_at")
    list_filter = ("status", "kind")
    list_select_related = ("session",)
    readonly_fields = ("session", "kind", "text", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # candidates make requests; people answer them here

    def save_model(self, request: HttpRequest, obj: Request, form: Any, change: bool) -> None:
        if obj.status == Request.Status.ANSWERED and obj.answered_at is None:
            obj.answered_at = timezone.now()
        super().save_model(request, obj, form, change)
