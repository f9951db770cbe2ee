"""Sessions in Django's admin: links are issued, logs verified, and what was said is only looked at."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.read_only_admin import ReadOnlyInline, indented
from interviews.live.hash_chain import verify_chain
from interviews.live.log import read_chain
from interviews.models import ModelUse, Note, Question, Request, Session, Turn
from interviews.retention import erase_session
from interviews.sessions import issue_token, revoke_token

CHANGEABLE = ("title", "description", "candidate_name", "scheduled_at", "token_expires_at", "retain_until")
FIELDSETS: tuple[Any, ...] = (
    (None, {"fields": ("title", "description", "candidate_name", "status", "end_reason", "uuid")}),
    ("Whose", {"fields": ("organisation", "owner", "job", "candidate", "interviewer", "round")}),
    (
        "When",
        {
            "fields": (
                "scheduled_at", "started_at", "ended_at", "token_expires_at", "retain_until", "deleted_at",
                "created_at", "updated_at",
            )
        },
    ),
    (
        "What is asked",
        {
            "fields": (
                "job_role", "difficulty", "question_type", "num_questions", "reached_question",
                "duration_minutes", "purpose", "language", "preferred_channel", indented("consent"),
                indented("accommodations"),
            )
        },
    ),
    (
        "The plan and the log",
        {
            "classes": ("collapse",),
            "fields": (
                indented("plan"), "is_drafted", indented("settings"), "seq", "head_hash", "audio_acked",
                "lease_owner", "lease_until", "epoch",
            ),
        },
    ),
)  # fmt: skip


class QuestionInline(ReadOnlyInline):
    model = Question
    fields = ("order", "text", "kind", "category", "competency", "difficulty")


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


class RequestInline(ReadOnlyInline):
    """Answered on a page of its own, which notes when."""

    model = Request
    fields = ("kind", "text", "status", "answer", "created_at", "answered_at")
    show_change_link = True


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for the type checker only
    list_display = ("__str__", "candidate_name", "status", "started_at", "ended_at", "organisation")
    list_filter = ("status", "purpose", "preferred_channel", "language")
    list_select_related = ("organisation",)
    search_fields = ("title", "candidate_name", "job_role", "uuid", "organisation__name")
    date_hierarchy = "created_at"
    inlines = (QuestionInline, TurnInline, NoteInline, RequestInline, ModelUseInline)
    actions = ("issue_links", "revoke_links", "verify_logs", "erase")
    fieldsets = FIELDSETS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).defer("plan")  # the lists show none, and it is long

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a session needs a plan and a link: made by the API or `manage.py demo`

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False  # words are erased and the chain of the log stays; see docs/security.md

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> list[Any]:
        return [name for _, options in FIELDSETS for name in options["fields"] if name not in CHANGEABLE]

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
