"""What sessions left behind, only to be looked at: logs, evaluations, recordings, background work."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.read_only_admin import ReadOnlyAdmin, shortened
from interviews.background.rows import run_again
from interviews.models import (
    Command,
    Evaluation,
    Event,
    ModelUse,
    Override,
    Rating,
    RecordingSegment,
    Report,
    ReportShare,
    Request,
    SkillGap,
    Task,
)
from interviews.report_sharing import revoke
from interviews.requests import answered


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("session", "seq", "type", "at", "is_erased")
    list_select_related = ("session",)
    heavy = ("session__plan",)
    list_filter = ("type",)
    search_fields = ("session__uuid",)
    date_hierarchy = "at"
    show_full_result_count = False  # counting a long log takes longer than showing a page of it

    @admin.display(boolean=True, description="erased")
    def is_erased(self, event: Event) -> bool:
        return event.payload is None


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ("session", "number", "run", "is_current", "score", "model", "created_at")
    list_filter = ("is_current", "evaluator", "model")
    list_select_related = ("session",)
    search_fields = ("session__uuid", "session__title", "session__candidate_name")
    date_hierarchy = "created_at"
    heavy = ("content", "session__plan")

    @admin.display(ordering="overall")
    def score(self, evaluation: Evaluation) -> str:
        return "-" if evaluation.overall is None else f"{evaluation.overall:.1f}"


@admin.register(SkillGap)
class SkillGapAdmin(ReadOnlyAdmin):
    list_display = ("skill", "severity", "score", "session", "created_at")
    list_filter = ("severity",)
    search_fields = ("skill", "session__uuid")
    list_select_related = ("session",)
    heavy = ("session__plan",)


@admin.register(ModelUse)
class ModelUseAdmin(ReadOnlyAdmin):
    list_display = ("session", "purpose", "model", "requests", "failures", "input_tokens", "output_tokens")
    list_filter = ("purpose", "model")
    list_select_related = ("session",)
    search_fields = ("session__uuid", "model")
    heavy = ("session__plan",)


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("kind", shortened("key", to=24), "status", "attempts", "due_at", shortened("error"))
    list_filter = ("status", "kind")
    search_fields = ("key", "error")
    actions = ("run_again",)

    @admin.action(description="Run again", permissions=("view",))
    def run_again(self, request: HttpRequest, chosen: QuerySet[Task]) -> None:
        count = run_again(list(chosen.values_list("pk", flat=True)), now=timezone.now())
        self.message_user(request, f"{count} failed tasks are tried again within a minute.", messages.SUCCESS)


@admin.register(Command)
class CommandAdmin(ReadOnlyAdmin):
    list_display = ("session", "kind", "status", "by_name", "created_at", shortened("message"))
    list_filter = ("status", "kind")
    list_select_related = ("session",)
    heavy = ("session__plan",)
    search_fields = ("session__uuid", "command_id")


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    list_display = ("session", "number", "score", shortened("comment"), "author_name", "updated_at")
    list_filter = ("score",)
    heavy = ("session__plan",)
    list_select_related = ("session",)
    search_fields = ("author_name", "session__uuid")


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    list_display = (
        "session", "number", "outcome", "score", shortened("reason"), "author_name", "made_at",
    )  # fmt: skip
    list_filter = ("outcome",)
    list_select_related = ("session",)
    heavy = ("session__plan",)
    search_fields = ("author_name", "session__uuid", "session__candidate_name")


@admin.register(RecordingSegment)
class RecordingSegmentAdmin(ReadOnlyAdmin):
    list_display = ("session", "side", "offset", "samples", shortened("name", to=40))
    list_filter = ("side",)
    list_select_related = ("session",)
    heavy = ("session__plan",)
    search_fields = ("session__uuid",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("session", "generated_at")
    list_select_related = ("session",)
    search_fields = ("session__uuid", "session__title", "session__candidate_name")
    date_hierarchy = "generated_at"
    heavy = ("session__plan",)


@admin.register(ReportShare)
class ReportShareAdmin(ReadOnlyAdmin):
    """A link is made beside its report, which shows it once; here it is only closed."""

    list_display = ("session", "edition", "made_by_name", "made_at", "expires_at", "revoked_at", "opened")
    list_filter = ("edition",)
    list_select_related = ("session",)
    heavy = ("session__plan",)
    search_fields = ("made_by_name", "session__uuid", "session__candidate_name")
    exclude = ("token_hash",)
    actions = ("revoke_links",)

    @admin.action(description="Revoke", permissions=("view",))
    def revoke_links(self, request: HttpRequest, chosen: QuerySet[ReportShare]) -> None:
        open_ones = list(chosen.filter(revoked_at=None))
        for share in open_ones:
            if isinstance(request.user, User):
                revoke(share, by=request.user, now=timezone.now(), request=request)
        self.message_user(request, f"{len(open_ones)} links no longer open anything.", messages.SUCCESS)


ANSWERED = ("answered_at", "answered_by", "answered_by_name")


@admin.register(Request)
class RequestAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for the type checker only
    list_display = ("session", "kind", shortened("text", to=40), "status", "created_at", "answered_at")
    list_filter = ("status", "kind")
    list_select_related = ("session",)
    search_fields = ("text", "session__uuid", "session__candidate_name")
    fields = ("session", "kind", "text", "created_at", "due_at", "status", "answer", *ANSWERED)
    readonly_fields = ("session", "kind", "text", "created_at", "due_at", *ANSWERED)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # candidates make requests; people answer them here

    def save_model(self, request: HttpRequest, obj: Request, form: Any, change: bool) -> None:
        is_new_answer = obj.status == Request.Status.ANSWERED and obj.answered_at is None
        if is_new_answer and isinstance(request.user, User):
            obj.answered_at = timezone.now()
            obj.answered_by, obj.answered_by_name = request.user, request.user.display_name
        super().save_model(request, obj, form, change)
        if is_new_answer:
            answered.send(sender=Request, request=obj)
