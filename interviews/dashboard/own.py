"""What the practice of one account came to."""

from django.db.models import Avg, Count, Exists, FilteredRelation, Max, OuterRef, Q, QuerySet

from interviews.dashboard.figures import OwnStatistics
from interviews.evaluating import find_evaluation
from interviews.models import Evaluation, Session, Turn
from interviews.models.evaluation import WHOLE_SESSION

MOST_MISSING = 20


def own_statistics(interviews: QuerySet[Session]) -> OwnStatistics:
    """Over `interviews`, those of one account. A score counts once it is over. Three queries."""
    _judge_missing(interviews)
    whole = Q(evaluations__number=WHOLE_SESSION, evaluations__is_current=True)
    told = interviews.annotate(whole=FilteredRelation("evaluations", condition=whole)).aggregate(
        total=Count("pk"),
        completed=Count("pk", filter=Q(status=Session.Status.COMPLETED)),
        average=Avg("whole__overall"),
        best=Max("whole__overall"),
    )
    answers = Turn.objects.filter(session__in=interviews.values("pk"), speaker=Turn.Speaker.CANDIDATE)
    asked = answers.filter(question_number__gt=0).order_by().values("session", "question_number")
    return OwnStatistics(
        total_interviews=told["total"],
        completed_interviews=told["completed"],
        average_score=round(told["average"] or 0.0, 2),
        best_score=round(told["best"] or 0.0, 2),
        total_questions_answered=asked.distinct().count(),
    )


def _judge_missing(interviews: QuerySet[Session]) -> None:
    """The background is a moment behind: who asks right after the end sees that score too."""
    over = interviews.filter(ended_at__isnull=False, consent__ai_evaluation=True)
    kept = Evaluation.objects.filter(session=OuterRef("pk"), number=WHOLE_SESSION, is_current=True)
    for session in over.exclude(Exists(kept)).select_related("job")[:MOST_MISSING]:
        find_evaluation(session)
